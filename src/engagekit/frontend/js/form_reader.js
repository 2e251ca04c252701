/* The case beside the questions: a session or a file of papers, in a box that scrolls. Words that are picked in it can be
   put in any box for a quotation. One reader serves every part of the form. */
(function (ek) {
  "use strict";
  const { el, heading, announce, count, uniqueId } = ek.dom;
  const { spoken, caseAgain } = ek.formField;
  const { isFile, papers, asksQuotes } = ek.formCase;
  const { wordCount, wholeWords } = ek.formText;
  const BESIDE = 52; // rem; from this width of the form on, form.css puts the case beside the questions

  class Reader {
    constructor(app) {
      Object.assign(this, { app, form: app.form, picked: "", group: uniqueId("pick"), passages: new Map(), pickers: new Map() });
      for (const paper of papers(this.form)) for (const passage of paper.passages) this.passages.set(passage.id, passage.text);
      this.held = el("p", { class: "ek-form-held" });
      this.reading = false; // in a part that asks for no quotation
      this.node = this.build();
      this.open = { quoting: !this.narrow(), reading: false };
      this.fold.open = this.open.quoting;
      this.pick("", false);
      this.listen();
    }

    get title() {
      return isFile(this.form) ? "The papers about " + this.form.case.person : "The session with " + this.form.case.people.person;
    }

    build() {
      const title = heading(this.app.level + 2, { id: uniqueId("case"), class: "ek-form-case-title" }, this.title);
      const content = isFile(this.form) ? this.file() : this.session();
      this.case = el("div", { class: "ek-form-case", role: "region", tabindex: "0", "aria-labelledby": title.id }, content);
      this.place = 0;
      this.case.addEventListener("scroll", () => {
        if (this.fold.open && this.case.clientHeight > 0) this.place = this.case.scrollTop;
      });
      this.byHand = false;
      const holder = el("div", { class: "ek-form-holder" }, this.held);
      this.only = el("span", { class: "ek-form-only", hidden: true }, "Only for reading in this part");
      this.fold = el("details", { class: "ek-form-papers" }, el("summary", { on: { click: () => (this.byHand = true) } }, title, " ", this.only), this.case, holder);
      this.fold.addEventListener("toggle", () => this.unfolded());
      return el("div", { class: "ek-form-reader" }, this.fold);
    }

    narrow() {
      const width = this.app.host.clientWidth;
      return width > 0 && width < BESIDE * parseFloat(getComputedStyle(document.documentElement).fontSize);
    }

    session() {
      const turns = this.form.case.utterances.map((utterance) => {
        const said = spoken(this.form, utterance);
        if (utterance.speaker !== "person") return el("li", {}, said);
        const words = said.querySelector(".ek-words");
        words.replaceChildren(...this.passage(utterance));
        return el("li", {}, said);
      });
      return [caseAgain(this.form), el("ol", { class: "ek-form-turns" }, turns)];
    }

    file() {
      const { case: file } = this.form;
      const told = el("p", { class: "ek-lead" }, file.introduction);
      const said = file.introduction.includes(longDate(file.today));
      const day = said ? null : el("p", { class: "ek-aside" }, "Read them as if it were " + longDate(file.today) + ".");
      return [told, day, ...file.documents.map((paper) => this.paper(paper))];
    }

    /** A paper that can be folded away. The browser's find reaches into it even then, and opens it. */
    paper(paper) {
      const lines = paper.passages.map((passage) => el("p", { class: "ek-form-passage" }, this.passage(passage)));
      const body = el("div", { id: uniqueId("paper") }, lines);
      const toggle = el("button", { type: "button", class: "ek-form-paper-title", "aria-expanded": "true", "aria-controls": body.id }, paper.title);
      const show = (open) => {
        toggle.setAttribute("aria-expanded", String(open));
        if (open) body.removeAttribute("hidden");
        else body.setAttribute("hidden", "until-found");
      };
      toggle.addEventListener("click", () => show(toggle.getAttribute("aria-expanded") !== "true"));
      body.addEventListener("beforematch", () => show(true));
      return el("section", { class: "ek-form-paper" }, heading(this.app.level + 3, {}, toggle), body);
    }

    /** A stretch of words with a radio button that picks it: one Tab stop for them all, and arrow keys between them. */
    passage({ id, text }) {
      const words = el("span", { id: uniqueId("words"), "data-passage": id }, text);
      const radio = el("input", { type: "radio", class: "ek-form-pick", name: this.group, "aria-labelledby": words.id });
      const take = () => this.pick(text, true);
      radio.addEventListener("change", take);
      radio.addEventListener("click", () => this.picked === text || take());
      words.addEventListener("click", () => {
        const selection = globalThis.getSelection();
        if (this.reading || (selection && !selection.isCollapsed)) return;
        radio.checked = true;
        take();
      });
      this.pickers.set(id, radio);
      return [radio, words];
    }

    pick(text, said) {
      this.picked = text;
      const number = count(wordCount(text), "word");
      if (this.reading) this.held.replaceChildren("This part asks for no quotation. " + (isFile(this.form) ? "The papers are" : "The session is") + " here only for reading.");
      else if (text) this.held.replaceChildren(el("b", {}, "Picked, " + number + ": "), el("q", {}, text));
      else this.held.replaceChildren("To quote, pick " + (isFile(this.form) ? "a sentence" : "one of " + this.form.case.people.person + "\u2019s turns") + ", or select some of its words. Copy and paste works too.");
      if (said) announce(this.app.status, "Picked, " + number + ".");
    }

    /** The picked words for a box, or what to say when there are none. */
    take() {
      return { words: this.picked, told: "Nothing is picked yet. Pick " + (isFile(this.form) ? "a sentence in the papers" : "a turn in the session") + ", or paste words here." };
    }

    /** Remember what is selected: pressing a button on a phone would let go of it. */
    listen() {
      const heard = () => {
        const selection = globalThis.getSelection();
        if (this.reading || !selection || selection.isCollapsed || !this.case.contains(selection.anchorNode)) return;
        const of = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-passage]");
        const passage = of(selection.anchorNode);
        if (!passage || !passage.contains(selection.focusNode)) {
          this.picked = "";
          this.held.replaceChildren(isFile(this.form) ? "That is not inside one sentence. Select words from one sentence at a time." : "That is not inside one of " + this.form.case.people.person + "\u2019s turns. Select words from one turn.");
          return;
        }
        this.pickers.get(passage.dataset.passage).checked = true;
        const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
        const upTo = (node, offset) => {
          const range = document.createRange();
          range.setStart(passage, 0);
          range.setEnd(node, offset);
          return range.toString().length;
        };
        this.pick(wholeWords(passage.textContent, upTo(startContainer, startOffset), upTo(endContainer, endOffset)), false);
      };
      document.addEventListener("selectionchange", heard);
      this.destroy = () => document.removeEventListener("selectionchange", heard);
    }

    /** It was opened, or folded away. On a narrow page what a learner opens stands above the questions, and is gone to. */
    unfolded() {
      const { byHand } = this;
      this.byHand = false;
      if (!this.fold.open) return;
      this.case.scrollTop = this.place;
      if (byHand && this.narrow() && this.node.getBoundingClientRect().top < 0) this.node.scrollIntoView({ block: "start", behavior: "instant" });
    }

    /** Go where the open part has room for it, without losing the place that was being read. */
    moveTo(room, section) {
      if (!room || this.node.parentNode === room) return;
      const place = this.place; // moving it scrolls it, and says so
      room.append(this.node);
      if (section !== this.section) this.serve(section);
      this.case.scrollTop = place;
      this.place = place;
    }

    /** Serve another part: nothing is picked for it yet, and where it asks for no quotation nothing can be. */
    serve(section) {
      if (this.section) this.open[this.reading ? "reading" : "quoting"] = this.fold.open;
      this.section = section;
      this.reading = !asksQuotes(section);
      this.fold.open = this.open[this.reading ? "reading" : "quoting"];
      this.only.toggleAttribute("hidden", !this.reading);
      this.node.classList.toggle("ek-form-reading", this.reading);
      for (const radio of this.pickers.values()) radio.checked = false;
      this.pick("", false);
    }
  }

  /** "16 November 2026" for 2026-11-16. */
  function longDate(day) {
    const date = new Date(day + "T12:00:00Z");
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  ek.formReader = { Reader, longDate };
})((globalThis.engagekit = globalThis.engagekit || {}));
