/* The assignment form itself: <engagekit-form> in a page, or a widget in JupyterLab. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, statusLine, announce, containKeys, focusOn, uniqueId, defineElement } = ek.dom;
  const state = ek.formState;
  const CHECK = "#check";
  const DECLARE = "#declare";
  const PARTS = {
    coding: ek.formCoding.Coding,
    quotes: ek.formWriting.Quotes,
    replies: ek.formWriting.Replies,
    entries: ek.formRows.Entries,
    fields: ek.formRows.Fields,
    [DECLARE]: ek.formSign.Declare,
    [CHECK]: ek.formCheck.Check,
  };

  class AssignmentForm {
    constructor(host, form, store, level) {
      Object.assign(this, { host, form, store, level, checked: false, anchors: new Map(), parts: new Map() });
      this.status = statusLine();
      this.notes = el("div", { class: "ek-form-notes" });
      this.declareStep = { id: DECLARE, kind: DECLARE, title: "Declare your own work", instructions: "Do this last, when your answers are as you want them." };
      this.saving = new ek.formSaving.Saving(this, store);
      this.take(this.saving.first);
      this.open = form.sections[0].id;
      this.reader = form.sections.some((section) => ek.formCase.standsBeside(form, section)) ? new ek.formReader.Reader(this) : null;
      this.build();
      for (const note of store.notes) this.tell(note);
      if (this.saving.first.older) {
        this.keepWhatIsGone();
        this.tell("This form has changed since you saved. Your answers are here wherever the question still is. Please look them over.");
      }
    }

    /** Answers to questions that are no longer asked leave the form: the version that has them is set aside. */
    keepWhatIsGone() {
      const { answers, saved } = this.saving.first;
      if (!state.same(answers, state.kept(this.form, this.answers))) this.store.keepAside({ answers, declaration: null }, saved);
    }

    get saved() {
      return this.saving.saved;
    }

    when(saved) {
      return ek.formSaving.when(saved);
    }

    /** Hold answers that came from somewhere, with the declaration that was made for them. */
    take(found) {
      this.answers = state.read(this.form, found.answers);
      this.declaration = ek.formDeclaration.read(found.declaration, state.kept(this.form, this.answers));
      this.cameOff = Boolean(found.declaration) && !this.declaration;
      this.draft = ek.formSign.draftOf(this.form, this.declaration);
    }

    sheet() {
      return state.sheet(this.form, this.answers, this.declaration);
    }

    changed() {
      if (this.declaration && !ek.formDeclaration.read(this.declaration, state.kept(this.form, this.answers))) this.undeclare();
      this.saving.changed();
      this.drawContents();
    }

    sign() {
      this.declaration = ek.formDeclaration.make(this.draft, state.kept(this.form, this.answers));
      this.cameOff = false;
      this.saving.changed();
      this.save(false);
      this.refresh();
    }

    unsign(cameOff) {
      this.draft = { own_work: false, ai: this.declaration.ai, said: this.declaration.said };
      ek.formSign.keep(this.form, this.draft);
      this.declaration = null;
      this.cameOff = cameOff;
      this.saving.changed();
      this.drawContents();
    }

    /** The answers are no longer the ones that were signed for. */
    undeclare() {
      this.unsign(true);
      this.parts.get(DECLARE).inner.refresh();
      announce(this.status, "You changed an answer, so your declaration came off. Sign it again before you hand in.");
    }

    /** What the list of gaps says about the declaration. */
    missingDeclaration() {
      const why = this.cameOff ? "It came off when an answer changed. Sign it again." : "Not signed yet. Without it no mark can be given until a person has looked.";
      return this.declaration ? [] : [{ name: "", label: "Your declaration", fault: why }];
    }

    save(loud) {
      return this.saving.save(loud);
    }

    /** A note at the top that stays until it is put away. */
    tell(words) {
      const put = () => {
        note.remove();
        this.title.focus();
      };
      const note = el("div", { class: "ek-form-note" }, el("p", { class: "ek-warning" }, icon("note"), el("span", {}, words)), button(["Put this note away", quietly(" that says: " + words)], put, "quiet"));
      this.notes.append(note);
      announce(this.status, words);
    }

    /** A note beside the button that opens a file. */
    tellOfFile(words) {
      const { inner } = this.parts.get(CHECK);
      inner.say(inner.opened, words);
    }

    /** The learner opened a file. */
    offer(found) {
      const theirs = state.sheetOf(this.form, found);
      const mine = this.sheet();
      const sameAnswers = state.same(theirs.answers, mine.answers);
      if (state.same(theirs, mine)) {
        this.tellOfFile("That file holds the same answers as this form.");
      } else if (Object.keys(mine.answers).length === 0 || (sameAnswers && !mine.declaration)) {
        this.show(found);
        this.saving.changed();
        this.save(true);
        this.tellOfFile("The answers from your file are here.");
      } else {
        this.saving.meet(found, "opened");
        this.saving.alarm.querySelector("button").focus();
      }
    }

    build() {
      const { form } = this;
      this.title = heading(this.level, { class: "ek-title", tabindex: "-1" }, form.title);
      this.contents = el("ol", { class: "ek-form-contents" });
      this.body = el("div", {});
      this.reminder = el("p", { class: "ek-form-reminder", hidden: true }, el("span", {}, "Your declaration came off."), button("Sign again", () => this.goTo(DECLARE, ""), "quiet"));
      this.saveButton = button("Save now", () => this.save(true), "quiet");
      this.bar = el("div", { class: "ek-form-bar" }, this.saving.alarm, this.reminder, el("div", { class: "ek-form-bar-line" }, this.saving.line, this.saveButton));
      const nav = el("nav", { "aria-label": "Parts of this assignment" }, this.contents);
      const intro = el("div", { class: "ek-introduction" }, this.title, el("p", { class: "ek-lead" }, form.intro));
      this.root = el("div", { class: "ek ek-assignment", lang: "en-GB" }, intro, this.notes, nav, this.body, this.bar, this.status);
      this.root.addEventListener("keydown", (event) => this.shortcut(event));
      this.root.addEventListener("focusin", (event) => ek.formView.keepClear(event.target, this.reader && this.reader.node, this.bar));
      containKeys(this.root);
      this.drawParts();
      this.drawContents();
      this.host.replaceChildren(this.root);
    }

    /** The key that saves a document saves the answers too. */
    shortcut(event) {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      if (this.store.kind === "browser") event.preventDefault();
      this.save(true);
    }

    steps() {
      return [...this.form.sections, this.declareStep, { id: CHECK, kind: CHECK, title: "Check and hand in" }];
    }

    anchor(id) {
      if (!this.anchors.has(id)) this.anchors.set(id, uniqueId("part"));
      return this.anchors.get(id);
    }

    drawParts() {
      this.parts = new Map();
      const steps = this.steps();
      const drawn = steps.map((section, index) => this.part(section, steps[index + 1]));
      this.body.replaceChildren(...drawn);
      this.bringReader();
    }

    part(section, next) {
      const inner = new PARTS[section.kind](this, section);
      const title = heading(this.level + 1, { class: "ek-form-title", tabindex: "-1", id: this.anchor(section.id) }, section.title);
      const told = section.instructions ? el("p", { class: "ek-form-told" }, section.instructions) : null;
      const foot = el("div", { class: "ek-actions ek-form-foot" });
      const onward = next && (next.id === DECLARE ? "your declaration" : next.title.replace(/\.\s.*$/, "").replace(/^Part/, "part"));
      if (next && next.id !== CHECK) foot.append(button("Go on to " + onward, () => this.goTo(next.id), "main"));
      if (next) foot.append(button("Check before you hand in", () => this.check(), next.id === CHECK ? "plain" : "quiet"));
      const node = el("section", { class: "ek-form-part", "aria-labelledby": title.id, hidden: section.id !== this.open }, title, told);
      const beside = !section.id.startsWith("#") && ek.formCase.standsBeside(this.form, section);
      const room = beside ? el("div", { class: "ek-form-room" }) : null;
      node.append(beside ? el("div", { class: "ek-form-beside" }, room, inner.node) : inner.node, foot);
      this.parts.set(section.id, { node, inner, title, foot, room });
      return node;
    }

    /** The case stands in the part that is open. */
    bringReader() {
      if (this.reader) this.reader.moveTo(this.parts.get(this.open).room, this.form.sections.find((section) => section.id === this.open));
    }

    /** The parts with how far each has got, as a way to go to any of them. */
    drawContents() {
      if (this.rows === undefined) {
        this.rows = this.steps().map((section) => {
          const far = el("span", { class: "ek-form-far" });
          const go = section.id === CHECK ? () => this.check() : () => this.goTo(section.id);
          const link = el("button", { type: "button", class: "ek-form-step", on: { click: go } }, el("span", {}, section.title), far);
          this.contents.append(el("li", {}, link));
          return { section, far, link };
        });
      }
      for (const row of this.rows) {
        if (row.section.id === this.open) row.link.setAttribute("aria-current", "step");
        else row.link.removeAttribute("aria-current");
        if (row.section.id === CHECK) continue;
        const [whole, words] = this.far(row.section);
        row.far.className = "ek-form-far" + (whole ? " ek-form-full" : "");
        row.far.replaceChildren(...[whole ? icon("tick") : null, el("span", {}, words)].filter(Boolean));
      }
      this.reminder.toggleAttribute("hidden", !this.cameOff);
    }

    /** How far a part has got: is it whole, and in words. */
    far(section) {
      if (section.id === DECLARE) return [Boolean(this.declaration), this.declaration ? "signed" : "to sign"];
      const { done, of } = state.progress(this.form, section, this.answers);
      return [done >= of, done + " of " + of];
    }

    /** Open a part, at one answer of it where one is named. */
    goTo(id, name) {
      this.open = id;
      for (const [other, part] of this.parts) part.node.toggleAttribute("hidden", other !== id);
      this.bringReader();
      this.drawContents();
      this.parts.get(CHECK).inner.hush();
      const { inner, title } = this.parts.get(id);
      if (id !== CHECK) inner.refresh(); // another part may have changed what this one offers
      if (name === undefined) focusOn(title);
      else inner.reveal(name);
    }

    /** Look for gaps in every part. From now on each part shows its own. */
    check() {
      this.checked = true;
      this.save(false);
      this.refresh();
      this.goTo(CHECK);
    }

    refresh() {
      for (const { inner } of this.parts.values()) inner.refresh();
      this.drawContents();
    }

    /** A part came to its end. */
    finished(inner, words) {
      const part = [...this.parts.values()].find((each) => each.inner === inner);
      announce(this.status, words);
      part.foot.querySelector("button").focus();
    }

    /** Put other answers in the form, and leave the learner where they were. */
    show(found) {
      const at = document.activeElement && this.body.contains(document.activeElement) ? document.activeElement.dataset.at : null;
      this.take(found);
      this.drawParts();
      this.drawContents();
      const again = at && [...this.body.querySelectorAll("[data-at]")].find((node) => node.dataset.at === at);
      if (again) again.focus();
    }

    destroy() {
      this.saving.destroy();
      if (this.reader) this.reader.destroy();
      this.root.remove();
    }
  }

  /** Show a form inside `host`; returns what undoes it. */
  function mount(host, form, store, level) {
    const app = new AssignmentForm(host, form, store, level);
    return () => app.destroy();
  }

  /** The widget's door. A form that cannot be used says why, and takes no words that could not be kept. */
  function render({ model, el: host }) {
    const blocked = model.get("blocked");
    if (!blocked) return mount(host, model.get("form"), ek.formStore.modelStore(model), 3);
    host.replaceChildren(el("div", { class: "ek ek-assignment" }, el("p", { class: "ek-warning", role: "alert" }, icon("note"), el("span", {}, blocked))));
    return () => host.replaceChildren();
  }

  ek.form = { mount, render };
  defineElement("engagekit-form", 2, (host, data, level) => mount(host, data, ek.formStore.browserStore(data), level));
})((globalThis.engagekit = globalThis.engagekit || {}));
