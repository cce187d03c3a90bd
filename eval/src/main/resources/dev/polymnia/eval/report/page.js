
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const index = read("index");
  const list = document.getElementById("samples");

  // All text of models and data gets into the page here, as text and never as markup.
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  const verdict = (result) => {
    if (result.failure !== undefined) return "failed";
    if (result.right) return "right";
    return result.value > 0 ? "partly right (" + result.value.toFixed(2) + ")" : "wrong";
  };

  const label = (result) => {
    const name = index.runs[result.run].label;
    return result.epoch > 1 ? name + ", epoch " + result.epoch : name;
  };

  const fold = (title, fill) => {
    const details = make("details");
    details.append(make("summary", title));
    const open = () => {
      if (details.open) {
        details.removeEventListener("toggle", open);
        fill(details);
      }
    };
    details.addEventListener("toggle", open);
    return details;
  };

  const passage = (parent, title, text) => {
    if (text) parent.append(make("h3", title), make("pre", text));
  };

  const branch = (agent) => {
    let title = "Agent " + agent.agent + ", wave " + agent.wave + ": ";
    title += agent.answer === undefined ? "no answer" : agent.answer;
    title += agent.votes ? "" : " (no vote)";
    if (agent.kind !== undefined) title += ", " + agent.kind + (agent.right ? ", right" : ", wrong");
    if (agent.note) title += ": " + agent.note;
    return fold(title, (details) => {
      const facts = ["seed " + agent.seed, "ended by " + agent.reason, agent.tokens + " tokens"];
      if (agent.confidence !== undefined) facts.push("confidence " + agent.confidence.toFixed(3));
      details.append(make("p", facts.join(", ")));
      passage(details, "Reasoning", agent.reasoning);
      passage(details, "Text", agent.text);
    });
  };

  const table = (sample) => {
    const body = make("tbody");
    for (const result of sample.results) {
      const run = index.runs[result.run];
      const head = make("th");
      head.scope = "row";
      if (run.log) {
        const link = make("a", label(result));
        link.href = run.log;
        head.append(link);
      } else {
        head.textContent = label(result);
      }
      const row = make("tr");
      row.append(
        head,
        make("td", result.failure === undefined ? result.answer : result.failure),
        make("td", verdict(result), result.right ? "good" : "bad"),
        make("td", String(result.tokens), "number"),
        make("td", result.seconds.toFixed(1), "number"),
        make("td", result.partial ? "yes" : "")
      );
      body.append(row);
    }
    const titles = make("tr");
    for (const title of ["Run", "Answer", "Verdict", "Tokens", "Seconds", "Partial"]) {
      const cell = make("th", title);
      cell.scope = "col";
      titles.append(cell);
    }
    const top = make("thead");
    top.append(titles);
    const all = make("table");
    all.append(make("caption", "Answers"), top, body);
    const scroll = make("div", undefined, "scroll");
    scroll.append(all);
    return scroll;
  };

  const show = (details, sample, number) => {
    passage(details, "Question", sample.question);
    passage(details, "Target", sample.target);
    details.append(table(sample));
    read("sample-" + number).forEach((detail, i) => {
      const title = "Branches of " + label(sample.results[i]) + " (" + detail.agents.length + ")";
      details.append(
        fold(title, (inner) => {
          passage(inner, "Answer in full", detail.text);
          passage(inner, "Scoring", detail.explanation);
          passage(inner, "Stopped early", detail.stop);
          inner.append(...detail.agents.map(branch));
        })
      );
    });
  };

  const entries = index.samples.map((sample, number) => {
    const words = sample.question.replace(/\s+/g, " ").slice(0, 100);
    const title = index.suites[sample.suite] + " " + sample.id + ": " + words;
    const element = fold(title, (details) => show(details, sample, number));
    for (const result of sample.results) {
      const mark = (result.right ? "\u2713 " : "\u2717 ") + label(result).split(",")[0];
      const span = make("span", mark, "mark " + (result.right ? "good" : "bad"));
      span.title = label(result) + ": " + verdict(result);
      element.firstChild.append(span);
    }
    const said = sample.results.map((result) => result.answer).join("\n");
    const haystack = [sample.id, sample.question, sample.target, said].join("\n").toLowerCase();
    return { sample, element, haystack };
  });
  list.append(...entries.map((entry) => entry.element));

  const field = (id) => document.getElementById(id);
  index.suites.forEach((name, i) => {
    const option = make("option", name);
    option.value = String(i);
    field("suite").append(option);
  });

  const filter = () => {
    const suite = field("suite").value;
    const needle = field("search").value.trim().toLowerCase();
    let shown = 0;
    for (const { sample, element, haystack } of entries) {
      const fits =
        (suite === "" || sample.suite === Number(suite)) &&
        (!field("differ").checked || sample.differ) &&
        (!field("wrong").checked || sample.wrong) &&
        haystack.includes(needle);
      element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    field("count").textContent = shown + " of " + entries.length + " samples";
  };
  field("filters").addEventListener("input", filter);
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  field("filters").hidden = false;
  filter();
})();
