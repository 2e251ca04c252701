/* Saving as the learner goes, the line that says so, and what happens when two windows were open. */
(function (ek) {
  "use strict";
  const { el, icon, button, announce } = ek.dom;
  const state = ek.formState;
  const PAUSE = 800; // milliseconds without a change until answers are saved

  /** "10:42" today, "21 November, 10:42" on another day. */
  function when(saved) {
    const date = new Date(saved);
    if (Number.isNaN(date.getTime())) return "earlier";
    const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (date.toDateString() === new Date().toDateString()) return time;
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "long" }) + ", " + time;
  }

  class Saving {
    /** `app` gives `sheet()`, its answers with the declaration, and `show(found)`, which puts others in the form. */
    constructor(app, store) {
      const found = store.load();
      Object.assign(this, { app, store, version: found.version, saved: found.saved, dirty: false, busy: false, rival: null, told: false });
      this.first = found;
      this.sent = "";
      this.problem = store.problem;
      this.line = el("p", { class: "ek-form-state" });
      this.alarm = el("div", { class: "ek-form-alarm" });
      this.forget = store.onChange((now) => this.hear(now));
      const flush = () => this.flush();
      const leave = (event) => {
        this.flush();
        if (this.dirty && this.problem) event.preventDefault();
      };
      globalThis.addEventListener("pagehide", flush);
      globalThis.addEventListener("beforeunload", leave);
      this.deafen = () => {
        globalThis.removeEventListener("pagehide", flush);
        globalThis.removeEventListener("beforeunload", leave);
      };
      this.draw();
    }

    text() {
      return JSON.stringify(this.app.sheet());
    }

    theirs(found) {
      return JSON.stringify(state.sheetOf(this.app.form, found));
    }

    changed() {
      this.dirty = true;
      globalThis.clearTimeout(this.timer);
      this.timer = globalThis.setTimeout(() => this.save(false), PAUSE);
      this.draw();
    }

    /** Save what is waiting without any pause; the browser's own storage has it before this returns. */
    flush() {
      if (this.dirty && !this.rival) this.save(false);
    }

    async save(loud) {
      globalThis.clearTimeout(this.timer);
      if (this.rival) return loud ? this.alarm.querySelector("button").focus() : undefined;
      if (this.busy) {
        this.again = true;
        return undefined;
      }
      if (!this.dirty && !this.problem && (this.saved || !loud)) return loud ? announce(this.app.status, this.words()) : undefined;
      this.busy = true;
      const sending = this.text();
      this.sent = sending;
      const reply = await this.store.save(JSON.parse(sending), this.version);
      this.busy = false;
      this.take(reply, sending, loud);
      if (this.again) {
        this.again = false;
        if (this.dirty && !this.problem) this.save(false);
      }
      return undefined;
    }

    take(reply, sending, loud) {
      const before = this.problem;
      if (reply.conflict) {
        this.meet(reply.conflict, "changed");
        return;
      }
      this.problem = reply.refused || "";
      if (!this.problem) {
        this.version = reply.version;
        this.saved = reply.saved;
        // Python looks at a declaration once more before it writes it.
        if (reply.declaration === null && JSON.parse(sending).declaration) this.app.undeclare();
        this.dirty = this.text() !== sending;
      }
      this.draw();
      if (this.problem ? this.problem !== before || loud : loud || !this.told || before) announce(this.app.status, this.words());
      this.told = this.told || !this.problem;
    }

    words() {
      if (this.rival) return "Not saved: please choose a version.";
      if (this.problem) return "Not saved. " + this.problem;
      if (this.busy || this.dirty) return "Not saved yet";
      return this.saved ? "Saved " + when(this.saved) : "Nothing to save yet";
    }

    draw() {
      const bad = Boolean(this.problem || this.rival);
      this.line.className = "ek-form-state" + (bad ? " ek-form-bad" : "");
      const sign = bad ? icon("note") : this.saved && !this.dirty ? icon("tick") : null;
      this.line.replaceChildren(...[sign, el("span", {}, this.words())].filter(Boolean));
    }

    /** Somebody else saved: another window, or another copy of the notebook. */
    hear(now) {
      if (!now.version || now.version === this.version || this.rival) return;
      const theirs = this.theirs(now);
      if (theirs === this.sent || theirs === this.text()) {
        this.version = now.version;
        this.saved = now.saved;
        this.dirty = this.text() !== theirs;
        this.problem = "";
        this.draw();
      } else if (this.dirty || this.busy) {
        this.meet(now, "changed");
      } else {
        this.adopt(now);
        this.app.tell("These answers were changed in another window at " + when(now.saved) + ". You now see the newer ones.");
      }
    }

    adopt(found) {
      this.version = found.version;
      this.saved = found.saved;
      this.dirty = false;
      this.problem = "";
      this.app.show(found);
      this.draw();
    }

    /** Two versions: the learner chooses, and the other one is kept too. */
    meet(rival, reason) {
      const theirs = this.theirs(rival);
      if (reason === "changed" && (theirs === this.text() || theirs === this.sent)) {
        this.version = rival.version;
        this.dirty = theirs !== this.text();
        if (this.dirty) this.changed();
        else this.draw();
        return;
      }
      this.rival = rival;
      const opened = reason === "opened";
      const what = opened ? "The file you opened was saved " + when(rival.saved) + ", and this form holds other answers." : "These answers were also changed in another window, saved " + when(rival.saved) + ".";
      const told = el("p", { id: ek.dom.uniqueId("rival") }, icon("note"), el("span", {}, el("b", {}, what), " Choose which to go on with. The other version is set aside, not lost."));
      const take = button(opened ? "Use the opened file" : "Use the other version", () => this.choose(true, opened), "main", { "aria-describedby": told.id });
      const stay = button("Keep what is here", () => this.choose(false, opened), "plain", { "aria-describedby": told.id });
      this.alarm.replaceChildren(told, el("div", { class: "ek-actions" }, take, stay));
      this.draw();
      announce(this.app.status, what + " Choose which version to go on with, at the foot of the form.");
    }

    async choose(theirs, opened) {
      const { rival } = this;
      const loser = theirs ? this.app.sheet() : { answers: rival.answers, declaration: rival.declaration };
      const reply = theirs || !opened ? await this.store.keepAside(loser, theirs ? this.saved : rival.saved) : {};
      if (reply.refused) {
        this.app.tell("The other version could not be set aside, so nothing was changed. " + reply.refused);
        return;
      }
      this.rival = null;
      this.alarm.replaceChildren();
      if (!opened) this.version = rival.version;
      if (theirs && !opened) this.adopt(rival);
      else {
        if (theirs) this.app.show(rival);
        if (theirs && opened) this.app.tellOfFile("The answers from your file are here.");
        if (theirs || !opened) this.dirty = true;
        await this.save(true);
      }
      this.draw();
      this.app.refresh();
      this.app.saveButton.focus();
    }

    destroy() {
      this.flush();
      globalThis.clearTimeout(this.timer);
      this.forget();
      this.deafen();
    }
  }

  ek.formSaving = { Saving, when };
})((globalThis.engagekit = globalThis.engagekit || {}));
