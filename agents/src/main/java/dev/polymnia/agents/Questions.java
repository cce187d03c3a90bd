package dev.polymnia.agents;

import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which class a question belongs to, told from its words alone, before anything is asked. A wrong
/// guess costs little: whether there is something to vote on is decided by what the agents answer.
final class Questions {
    private static final int LONGEST = 8000;

    /// Code is shown, or a program is asked for.
    private static final Pattern CODE =
            Pattern.compile(
                    "^\\s*```|^\\s*(?:def|class|import|#include|public class)\\s"
                        + "|\\b(?:write|implement|complete|create|code|fix|debug|refactor|program)\\b"
                        + "[^.?!\\n]{0,60}\\b(?:function|program|script|method|class|code|regex|query|sql)\\b"
                        + "|\\b(?:python|java|javascript|typescript|rust|golang|c\\+\\+|bash)\\b"
                        + "[^.?!\\n]{0,30}\\b(?:function|program|script|code)\\b",
                    Pattern.MULTILINE);

    /// The form of the answer is prescribed, or options are listed.
    private static final Pattern FORM =
            Pattern.compile(
                    "^\\s*answer:|\\banswer (?:with|in the form)\\b(?! of an? (?:\\w+"
                        + " ){0,3}(?:poem|song|story|letter|essay))|^\\s*\\(?a[).:]\\s.*\\n+\\s*\\(?b[).:]\\s|\\boptions:|\\byes"
                        + " or no\\b|\\btrue or false\\b|\\bwhich (?:one )?of the following\\b",
                    Pattern.MULTILINE);

    private static final Pattern QUANTITY =
            Pattern.compile(
                    "\\bhow"
                        + " (?:many|much|old|long|far|tall|high|wide|deep|heavy|fast|big)\\b|\\bwhat"
                        + " (?:percentage|percent|fraction|number|is the (?:total|sum|value|average"
                        + "|difference|product|probability|price|cost|area|volume|perimeter|ratio))\\b|\\b(?:calculate|compute|evaluate|solve|find"
                        + " the (?:value|number|sum))\\b|\\bwhat is"
                        + " [-(\\d][^?\\n]*\\?|^[-+*/^().\\d\\s=]+\\??$",
                    Pattern.MULTILINE);

    private static final Pattern FIGURE = Pattern.compile("\\d");

    /// Words that want more than a figure.
    private static final Pattern PROSE =
            Pattern.compile(
                    "\\b(?:explain|describe|essay|story|poem|letter|e-?mail|summar\\w+|compare|discuss|list"
                        + "|translate|write|draft|suggest|recommend|plan|ideas?|tips|why)\\b");

    private Questions() {}

    /// Returns the class of the last message of a conversation.
    ///
    /// @param tools what may be called
    static TaskClass classOf(List<Message> messages, List<ToolSpec> tools) {
        if (!tools.isEmpty()) {
            return TaskClass.TOOLS;
        }
        String words = messages.getLast().text();
        String text =
                words.substring(Math.max(0, words.length() - LONGEST)).toLowerCase(Locale.ROOT);
        if (CODE.matcher(text).find()) {
            return TaskClass.CODE;
        }
        if (FORM.matcher(text).find()) {
            return TaskClass.ANSWER;
        }
        boolean sum = QUANTITY.matcher(text).find();
        boolean figures = FIGURE.matcher(text).find();
        return sum && (figures || !PROSE.matcher(text).find()) ? TaskClass.ANSWER : TaskClass.TEXT;
    }
}
