// The clients for Node.js, for check-clients.py: node check-clients.mjs URL FOLDER, the packages in FOLDER/node_modules. Prints
// a line [client, scenario, mode] for each that passed.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [url, folder] = process.argv.slice(2);
const require = createRequire(folder + "/x.js");
const { OpenAI } = require("openai");
const { Anthropic } = require("@anthropic-ai/sdk");

const polymnia = { agents: 2, budget: { tokens: 800 }, seed: 1 };
const question = [{ role: "user", content: "What is 2 + 3?" }];
const parameters = {
  type: "object",
  properties: { city: { type: "string", enum: ["Rome", "Oslo"] } },
  required: ["city"],
  additionalProperties: false,
};
const openai = new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: url.replace(/\/v1$/, ""), apiKey: "none", maxRetries: 0 });

const chat = (model, more = {}) =>
  openai.chat.completions.create({ model, messages: question, max_completion_tokens: 96, polymnia, ...more });
const message = (model, more = {}) =>
  anthropic.messages.create({ model, messages: question, max_tokens: 96, polymnia, ...more });

const clients = {
  "openai-node, Chat Completions": {
    async answer(mode) {
      const got = await chat(mode);
      assert(got.choices[0].message.content && got.usage.completion_tokens > 0);
    },
    async stream(mode) {
      let words = "";
      for await (const chunk of await chat(mode, { stream: true })) words += chunk.choices[0]?.delta?.content ?? "";
      assert(words);
    },
    async tools(mode) {
      const tools = [{ type: "function", function: { name: "weather", parameters } }];
      const first = (await chat(mode, { tools, tool_choice: { type: "function", function: { name: "weather" } } })).choices[0];
      assert.equal(first.finish_reason, "tool_calls");
      const results = first.message.tool_calls.map((call) => ({ role: "tool", tool_call_id: call.id, content: "sunny" }));
      const messages = [...question, first.message, ...results];
      assert((await chat(mode, { messages, tools, tool_choice: "none" })).choices[0].message.content);
    },
    async errors(mode) {
      await assert.rejects(chat("x"), OpenAI.NotFoundError);
      await assert.rejects(chat(mode, { temperature: 9 }), OpenAI.BadRequestError);
    },
  },
  "openai-node, Responses": {
    async answer(mode) {
      const got = await openai.responses.create({ model: mode, input: "What is 2 + 3?", max_output_tokens: 96, polymnia });
      assert(got.output_text && got.usage.output_tokens > 0);
    },
    async stream(mode) {
      const events = await openai.responses.create({
        model: mode,
        input: "What is 2 + 3?",
        max_output_tokens: 96,
        polymnia,
        stream: true,
      });
      let last;
      for await (const event of events) last = event;
      assert.match(last.type, /^response\.(completed|incomplete)$/);
    },
  },
  "@anthropic-ai/sdk, Messages": {
    async answer(mode) {
      const got = await message(mode);
      assert(got.content.at(-1).text && got.usage.output_tokens > 0);
    },
    async stream(mode) {
      const stream = anthropic.messages.stream({ model: mode, messages: question, max_tokens: 96, polymnia });
      assert((await stream.finalMessage()).content.at(-1).text);
    },
    async tools(mode) {
      const tools = [{ name: "weather", input_schema: parameters }];
      const first = await message(mode, { tools, tool_choice: { type: "tool", name: "weather" } });
      assert.equal(first.stop_reason, "tool_use");
      const content = first.content
        .filter((block) => block.type === "tool_use")
        .map((call) => ({ type: "tool_result", tool_use_id: call.id, content: "sunny" }));
      const messages = [...question, { role: "assistant", content: first.content }, { role: "user", content }];
      assert((await message(mode, { messages, tools, tool_choice: { type: "none" } })).content.at(-1).text);
    },
    async errors(mode) {
      await assert.rejects(message("x"), Anthropic.NotFoundError);
      await assert.rejects(message(mode, { max_tokens: 0 }), Anthropic.BadRequestError);
    },
  },
};

for (const [client, scenarios] of Object.entries(clients)) {
  for (const [scenario, test] of Object.entries(scenarios)) {
    for (const mode of ["instant", "thinking", "contemplating"]) {
      try {
        await test(mode);
      } catch (error) {
        console.error(`${client}, ${scenario} in ${mode}: ${error.stack}`);
        process.exit(1);
      }
      console.log(JSON.stringify([client, scenario, mode]));
    }
  }
}
