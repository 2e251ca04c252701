/* Small helpers shared by every component. Text always goes in as text, never as markup. */
(function (ek) {
  "use strict";

  /** An id that no other element of this page has. In JupyterLab each component brings this file, so the count is shared. */
  function uniqueId(stem) {
    ek.made = (ek.made || 0) + 1;
    return "ek-" + stem + "-" + ek.made;
  }

  /**
   * Make an element. `on` holds event handlers, `checked`, `value` and `disabled` are set as properties,
   * anything else is an attribute (false and null leave it out). Children are nodes or text.
   */
  function el(tag, props, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") {
        for (const [type, handler] of Object.entries(value)) node.addEventListener(type, handler);
      } else if (name === "checked" || name === "value" || name === "disabled") {
        node[name] = value;
      } else {
        node.setAttribute(name, value === true ? "" : String(value));
      }
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  /** A heading of a given level, kept between 1 and 6. */
  function heading(level, props, ...children) {
    return el("h" + Math.min(6, Math.max(1, level)), props, ...children);
  }

  const SHAPES = {
    tick: ["M4 12.5 9.5 18 20 6.5"],
    nearly: ["M4 10c3-4 5-4 8 0s5 4 8 0", "M4 16c3-4 5-4 8 0s5 4 8 0"],
    differs: ["M5 9h14", "M5 15h14", "M16 4 8 20"],
    discuss: ["M4 5h16v11h-9l-4 4v-4H4z"],
    down: ["M12 4v12", "M6 11l6 6 6-6", "M5 21h14"],
    up: ["M12 20V7", "M6 12l6-6 6 6", "M5 3h14"],
    again: ["M5 12a7 7 0 1 0 2.2-5.1", "M4 4v4.5h4.5"],
    note: ["M12 7v6", "M12 17v.2", "M12 2.5 22 20.5H2z"],
  };

  /** A line drawing beside a word. It is hidden from screen readers because the word says the same. */
  function icon(name) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    const settings = { viewBox: "0 0 24 24", class: "ek-icon ek-icon-" + name, "aria-hidden": "true", focusable: "false" };
    for (const [key, value] of Object.entries(settings)) svg.setAttribute(key, value);
    for (const shape of SHAPES[name]) {
      const path = document.createElementNS(ns, "path");
      path.setAttribute("d", shape);
      svg.append(path);
    }
    return svg;
  }

  /** A push button; `kind` is main, plain or quiet. */
  function button(label, onClick, kind, props) {
    const settings = { type: "button", class: "ek-button ek-button-" + (kind || "plain"), on: { click: onClick } };
    return el("button", Object.assign(settings, props), label);
  }

  /** Text that only a screen reader meets. */
  function quietly(text) {
    return el("span", { class: "ek-quiet" }, text);
  }

  /** An empty line that screen readers read out when `announce` fills it. */
  function statusLine() {
    return el("p", { class: "ek-status", role: "status" });
  }

  /** Say something without moving focus. The same words twice are still heard twice. */
  function announce(status, text) {
    status.textContent = status.textContent === text ? text + "\u00a0" : text;
  }

  /**
   * Keep key strokes inside a component. JupyterLab's shortcuts act on any focused output: without this an
   * arrow key changes cell and the letter b inserts one. Only saving the document is let through.
   */
  function containKeys(root) {
    const contain = (event) => {
      const saving = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (!saving) event.stopPropagation();
    };
    for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, contain);
  }

  /**
   * Take a double click for one. Feedback comes where the button was, and the second click would land on what
   * stands there then.
   */
  function ignoreSecondClicks(root) {
    const ignore = (event) => {
      if (event.detail < 2 || !event.target.closest("button, summary")) return;
      event.preventDefault();
      event.stopPropagation();
    };
    root.addEventListener("click", ignore, true);
  }

  /**
   * Put focus on something that is not a control, and bring it into view without startling anyone. "nearest" moves
   * the page as little as it can, but never past the beginning of something taller than the window.
   */
  function focusOn(node, block) {
    if (!node) return;
    if (!node.hasAttribute("tabindex")) node.setAttribute("tabindex", "-1");
    node.focus({ preventScroll: true });
    const still = globalThis.matchMedia && globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tall = node.getBoundingClientRect().height > globalThis.innerHeight - 100;
    node.scrollIntoView({ block: tall ? "start" : block || "start", behavior: still ? "auto" : "smooth" });
  }

  /** "1 turn", "2 turns". */
  function count(number, one, many) {
    return number + " " + (number === 1 ? one : many || one + "s");
  }

  /** Words in a row: "a", "a and b", "a, b and c". */
  function listed(words) {
    if (words.length < 2) return words.join("");
    return words.slice(0, -1).join(", ") + " and " + words[words.length - 1];
  }

  /**
   * Make a component a custom element whose data stands in a script inside it. `start(host, data, level)` shows it and
   * returns what undoes that; `level` is the heading level unless the element names one.
   */
  function defineElement(name, level, start) {
    if (!globalThis.customElements || globalThis.customElements.get(name)) return;
    class Component extends HTMLElement {
      connectedCallback() {
        if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
        else this.start();
      }

      start() {
        if (this.undo || !this.isConnected) return;
        const data = this.querySelector('script[type="application/json"]');
        if (!data) return;
        this.data = this.data || JSON.parse(data.textContent);
        this.undo = start(this, this.data, Number(this.getAttribute("heading")) || level);
        this.append(data); // still here if the element is moved or printed to another page
      }

      disconnectedCallback() {
        if (this.undo) this.undo();
        this.undo = null;
      }
    }
    globalThis.customElements.define(name, Component);
  }

  ek.dom = { uniqueId, el, heading, icon, button, quietly, statusLine, announce, containKeys, ignoreSecondClicks, focusOn, count, listed, defineElement };
})((globalThis.engagekit = globalThis.engagekit || {}));
