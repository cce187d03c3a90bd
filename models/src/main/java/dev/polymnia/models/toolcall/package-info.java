/// Tool calls in the words of a model: how each family writes them, and how they are told from the
/// answer while it is written.
///
/// A [ToolCallFormat][dev.polymnia.models.toolcall.ToolCallFormat] is found by the chat template.
/// It names the markers that must stay visible in the text, and writes a grammar that forces calls
/// of the given tools. A [ToolCallReader][dev.polymnia.models.toolcall.ToolCallReader], one per
/// branch, takes the text of the answer as it comes and gives out words and calls
/// ([TurnPart][dev.polymnia.models.toolcall.TurnPart]):
///
/// ```java
/// ToolCallFormat format = ToolCallFormat.of(template).orElse(ToolCallFormat.JSON);
/// ToolCallReader reader = new ToolCallReader(format, tools, format::id);
/// reader.accept(text).forEach(part -> …);
/// TurnEnd end = reader.finish();
/// ```
///
/// **How it reads.** The reader looks for what opens a call (`Syntax`). From there a `Block`
/// follows character by character and keeps nothing but its place, while the reader holds the text
/// back. The block decides as early as it can: either it ends and is read as a whole, or what is
/// held is words. So no text is looked at twice, except a few characters in which another marker
/// may begin, and it does not matter how the text was cut. JSON between markers goes through a
/// `JsonBlock` whose `Head` knows what stands before the object, JSON without markers through a
/// `BareBlock`, values between tags through a `TagBlock`.
///
/// **A model's mistakes stay visible.** What was meant as a call and is damaged reaches the caller
/// as a call with damaged arguments, if its name can be read, so that the model can be told;
/// everything else stays words. Nothing is thrown at a model's text.
@org.jspecify.annotations.NullMarked
package dev.polymnia.models.toolcall;
