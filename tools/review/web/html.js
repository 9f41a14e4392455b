// The view library, bound once: `html` makes Preact's nodes from a template. Preact writes styles through the DOM and
// htm needs no eval, so both work under the strictest content security policy.
import htm from "./vendor/htm.module.js";
import { h } from "./vendor/preact.module.js";

export { Component, createRef, render } from "./vendor/preact.module.js";
export const html = htm.bind(h);
