/* A shelf of exercises: what there is and how far each has come; or the one in hand, in its place. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, statusLine, containKeys, focusOn, count } = ek.dom;
  const state = ek.exerciseState;

  const LENS_NAMES = { talk: "Talk", stage: "Stage", desistance: "Desistance", reply: "Reply", web: "Web", goal: "Goal" };
  // A dot and no slash: themes look addresses up as selectors, and a slash is none.
  const addressOf = (exercise) => exercise.lens + "." + exercise.id;

  /** How far an exercise has come, in words. */
  function standing(exercise, events) {
    const attempts = state.attempts(exercise, events);
    const newest = attempts[attempts.length - 1];
    if (!newest) return { words: "Not started", kind: "" };
    const done = state.done(exercise, newest);
    const all = state.required(exercise).length;
    if (done < all) return { words: done + " of " + all + " answered", kind: "begun" };
    const { share, points, count: counted } = state.total(exercise, state.counted(exercise, newest));
    const few = points + " of " + counted;
    const result = share === null ? "Finished" : "Finished, " + (counted < ek.exerciseResults.FEW ? few : ek.exerciseResults.percent(share)) + " agreement";
    return { words: result + (attempts.length > 1 ? ", " + count(attempts.length, "attempt") : ""), kind: "done" };
  }

  /** What an address says; one that somebody cut short says nothing. */
  function plain(address) {
    try {
      return decodeURIComponent(address);
    } catch {
      return "";
    }
  }

  /** A page brings what many exercises share once, and a number where it belongs. */
  function unshared(data) {
    const part = (value) => (typeof value === "number" ? data.parts[value] : value);
    const whole = (exercise) => {
      const key = Object.fromEntries(Object.entries(exercise.key).map(([id, entry]) => [id, part(entry)]));
      return Object.assign({}, exercise, { scheme: part(exercise.scheme), items: exercise.items.map(part), key });
    };
    return Object.assign({}, data, { exercises: data.exercises.map(whole) });
  }

  class Chooser {
    constructor(host, data, store, level, addressed) {
      Object.assign(this, { host, data, store, level, addressed, undo: null, chosen: null, drafts: {} });
      this.status = statusLine();
      this.shelf = el("ul", { class: "ek-shelf" });
      this.place = el("div", { class: "ek-chosen" });
      this.note = el("div", {});
      const top = el("div", { class: "ek ek-chooser", lang: "en-GB" }, heading(level, { class: "ek-title" }, data.title), el("p", {}, data.introduction), this.note, this.shelf, this.status);
      containKeys(top);
      this.list = top;
      host.replaceChildren(top, this.place);
      this.draw();
      this.forget = store.onChange(() => this.draw());
      this.follow = () => this.fromAddress();
      if (addressed) globalThis.addEventListener("hashchange", this.follow);
      if (addressed) this.fromAddress();
    }

    /** The list. Where it has the focus it is brought up to date in place, so that the focus is not lost. */
    draw() {
      const events = this.store.events();
      const mixed = this.data.lens === "mixed";
      const kept = this.shelf.contains(document.activeElement) ? document.activeElement.getAttribute("data-exercise") : null;
      const items = this.data.exercises.map((exercise) => {
        const at = standing(exercise, events);
        const address = addressOf(exercise);
        const link = el("a", { href: "#" + address, "data-exercise": address, on: { click: (click) => this.pick(click, exercise) } }, exercise.title);
        const badges = [mixed ? LENS_NAMES[exercise.lens] : "", exercise.use === "retest" ? "Retest" : ""].filter(Boolean).map((text) => el("span", { class: "ek-badge" }, text));
        const line = el("p", { class: "ek-state" }, badges, at.kind === "done" ? icon("tick") : null, el("span", {}, at.words));
        return el("li", {}, heading(this.level + 1, { class: "ek-shelf-title" }, link), el("p", {}, exercise.summary), line);
      });
      this.shelf.replaceChildren(...items);
      const { problem } = this.store;
      const told = ek.exerciseRecord.PROBLEMS[problem] || problem;
      this.note.replaceChildren(...(told && !this.chosen ? [ek.exerciseRecord.warning(told)] : [])); // else the exercise says it
      if (kept) this.shelf.querySelector('[data-exercise="' + kept + '"]').focus();
    }

    pick(click, exercise) {
      click.preventDefault();
      this.address("#" + addressOf(exercise));
      this.open(exercise);
    }

    /**
     * In a page of the book the exercise in hand has an address of its own, and the browser's Back goes to the list.
     * JupyterLab's address is left alone.
     */
    address(hash) {
      if (this.addressed) globalThis.history.pushState(null, "", hash);
    }

    /** An address such as #talk.aisha-first-month opens that exercise; one of something else shows the list. */
    fromAddress() {
      const wanted = plain(globalThis.location.hash.slice(1));
      const found = this.data.exercises.find((exercise) => addressOf(exercise) === wanted);
      if (found && found !== this.chosen) this.open(found);
      if (!found && this.chosen) this.close();
    }

    open(exercise) {
      if (this.undo) this.undo();
      this.chosen = exercise;
      const host = el("div", {});
      const back = el("div", { class: "ek" }, button([icon("up"), "Back to the list"], () => this.leave(), "quiet"));
      containKeys(back);
      const on = el("div", { class: "ek ek-onward" }, button("Choose another", () => this.leave(), "plain"));
      containKeys(on);
      this.place.replaceChildren(back, host, on);
      const address = addressOf(exercise);
      this.drafts[address] = this.drafts[address] || {};
      this.list.hidden = true;
      this.undo = ek.exercise.mount(host, exercise, this.store, this.level, { onChange: () => this.draw(), drafts: this.drafts[address] });
      this.draw();
      focusOn(host.querySelector(".ek-title"), "start");
    }

    leave() {
      this.address("#");
      this.close();
    }

    /** Show the list again, with the focus on what was in hand. */
    close() {
      if (this.undo) this.undo();
      const address = this.chosen && addressOf(this.chosen);
      Object.assign(this, { undo: null, chosen: null });
      this.place.replaceChildren();
      this.list.hidden = false;
      this.draw();
      const link = this.shelf.querySelector('[data-exercise="' + address + '"]');
      if (link) link.focus();
    }

    destroy() {
      globalThis.removeEventListener("hashchange", this.follow);
      this.forget();
      if (this.undo) this.undo();
      this.host.replaceChildren();
    }
  }

  /** Show a shelf inside `host`; `addressed` says that the page's address may name the exercise in hand. */
  function mount(host, data, store, level, addressed) {
    const chooser = new Chooser(host, unshared(data), store, level, addressed);
    return () => chooser.destroy();
  }

  ek.chooser = { mount, unshared, standing, addressOf, LENS_NAMES };
})((globalThis.engagekit = globalThis.engagekit || {}));
