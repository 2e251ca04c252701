/* The learner's own record: where it is kept, past attempts, and ways to take it along, bring it in or erase it. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, announce, count } = ek.dom;
  const state = ek.exerciseState;

  const LARGEST = 5000000; // characters of an imported file

  const PROBLEMS = {
    blocked: "This browser does not keep answers for this page. They last only until you close it: download them before you leave.",
    full: "This browser has no room left for answers. New ones last only until you close the page: download them before you leave.",
  };

  /** What keeps answers from being kept, in words; empty when nothing does. A note about the record is not urgent. */
  function trouble(store) {
    return store.urgent === false ? "" : PROBLEMS[store.problem] || store.problem;
  }

  function warning(words) {
    return el("p", { class: "ek-warning" }, icon("note"), el("span", {}, words));
  }

  /** The same where the learner is at work, with the way out beside it. */
  function alarm(view) {
    const tools = view.record.length > 0 ? button([icon("down"), "Download them now"], () => download(view), "plain") : null;
    return el("div", { class: "ek-alarm" }, warning(trouble(view.store)), tools);
  }

  function section(view) {
    const parts = [heading(view.level + 2, {}, "Your attempts"), kept(view), earlier(view)];
    const tools = el("div", { class: "ek-actions" });
    if (view.attempt.last) tools.append(button([icon("again"), "Try again"], () => view.tryAgain(), "plain"));
    if (view.record.length > 0) tools.append(button([icon("down"), "Download my attempts"], () => download(view), "plain"));
    tools.append(importer(view));
    if (view.store.erase && view.record.length > 0) tools.append(eraser(view));
    parts.push(tools);
    return el("div", { class: "ek-record" }, parts);
  }

  function kept(view) {
    return el("div", { class: "ek-kept" }, keptLine(view));
  }

  /** Bring that line up to date without disturbing the buttons around it. */
  function refresh(view) {
    view.root.querySelector(".ek-kept").replaceChildren(keptLine(view));
  }

  function keptLine(view) {
    const { store } = view;
    const urgent = trouble(store);
    if (urgent) return el("p", { class: "ek-aside" }, urgent); // the warning itself is where the learner is at work
    if (store.problem) return warning(store.problem);
    const waiting = store.waiting ? store.waiting() : 0;
    if (waiting > 0) {
      const told = count(waiting, "answer") + " on the way to " + store.where + ".";
      return el("p", { class: "ek-aside" }, told);
    }
    const older = state.olderAttempts(view.exercise, view.record);
    const kept = older === 1 ? " is" : " are";
    const changed = older > 0 ? " This exercise has changed since: " + count(older, "attempt") + " at an earlier version" + kept + " kept, and not compared with this one." : "";
    const damaged = store.damaged > 0 ? " " + count(store.damaged, "entry", "entries") + " in the record could not be read and " + (store.damaged === 1 ? "is" : "are") + " left out." : "";
    return el("p", { class: "ek-aside" }, "Your answers are kept in " + store.where + " and sent nowhere." + changed + damaged);
  }

  /** Attempts so far with their agreement, when there is more than one to compare. */
  function earlier(view) {
    if (view.past.length < 2) return null;
    const items = view.past.map((attempt) => {
      const total = state.total(view.exercise, state.counted(view.exercise, attempt));
      const when = new Date(attempt.last).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
      const done = state.done(view.exercise, attempt);
      const all = state.required(view.exercise).length;
      const hidden = view.use === "retest" && done < all; // a score half-way would give the key away
      const share = hidden ? "begun" : total.share === null ? "nothing that counts" : ek.exerciseResults.percent(total.share);
      const part = done < all ? ", " + done + " of " + count(all, view.words.noun, view.words.nouns) + " " + view.words.done : "";
      return el("li", {}, when + ": " + share + part + (attempt.id === view.attempt.id ? " (this one)" : ""));
    });
    return el("ol", { class: "ek-past" }, items);
  }

  function download(view) {
    save(view.root, ek.attempts.toText(view.record), view.exercise.lens + "-" + view.exercise.id + "-attempts.jsonl");
    announce(view.status, "Your attempts are in your downloads.");
  }

  /** Put a text into the downloads. */
  function save(root, text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
    const link = el("a", { href: address, download: name, hidden: true });
    root.append(link);
    link.click();
    link.remove();
    globalThis.setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  function importer(view) {
    const input = el("input", { type: "file", accept: ".jsonl,.ndjson,.txt", hidden: true, "aria-label": "A file of attempts" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      input.value = "";
      if (file) announce(view.status, await take(view, file));
    });
    return el("span", {}, button([icon("up"), "Import attempts"], () => input.click(), "plain", { class: "ek-button ek-button-plain ek-import" }), input);
  }

  /** Add a file's events to the record; the answer says what happened. */
  async function take(view, file) {
    if (file.size > LARGEST) return "That file is too large to be a record of attempts. Nothing was imported.";
    const found = ek.attempts.parseLines(await file.text());
    if (found.events.length === 0) return "No answers of this course were found in that file. Nothing was imported.";
    const mine = found.events.filter((event) => event.lens === view.exercise.lens && event.vignette === view.exercise.id);
    const fresh = view.store.merge(mine);
    view.takeUp();
    view.root.querySelector(".ek-import").focus();
    const others = found.events.length - mine.length;
    const parts = [count(fresh, "answer") + " imported, " + (mine.length - fresh) + " here already."];
    if (others > 0) parts.push(count(others, "answer") + " of other exercises left out; the progress page takes them in.");
    if (found.damaged > 0) parts.push(count(found.damaged, "line") + " could not be read.");
    return parts.join(" ");
  }

  /** Erasing asks once more, in place. */
  function eraser(view) {
    const place = el("span", { class: "ek-eraser" });
    const ask = () => {
      const sure = button("Erase them", erase, "plain");
      place.replaceChildren(el("span", {}, "Erase every attempt at this exercise from this browser?"), sure, button("Keep them", calm, "quiet"));
      sure.focus();
    };
    const calm = () => {
      place.replaceChildren(button(["Erase", quietly(" my attempts")], ask, "quiet"));
      if (place.isConnected) place.querySelector("button").focus();
    };
    const erase = () => {
      view.store.erase(view.exercise);
      view.startOver();
      announce(view.status, "Your attempts at this exercise are erased from this browser.");
    };
    calm();
    return place;
  }

  ek.exerciseRecord = { section, refresh, save, trouble, warning, alarm, PROBLEMS };
})((globalThis.engagekit = globalThis.engagekit || {}));
