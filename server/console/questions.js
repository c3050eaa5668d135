// What only the user of the page knows, asked for when the server wants it.

import { questions } from "./api.js";
import { ask, field, h, input } from "./dom.js";

const askSecret = (title, text, label) =>
  ask({
    title,
    content: [h("p", {}, text), field(label, input("answer", { type: "password", required: true, autocomplete: "off" }))],
    verb: "Go on",
    work: async ({ answer }) => answer,
  });

questions.token = () =>
  askSecret("This server wants its token", "It was started with --control-token.", "Control token");
questions.secret = () =>
  askSecret("This server verifies signatures", "The root user's secret is not “test”.", "Secret access key of root");
