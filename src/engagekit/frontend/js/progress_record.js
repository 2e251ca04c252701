/* The whole record in one place: take it along as one file, bring one in, or erase everything. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, announce, count } = ek.dom;
  const { PROBLEMS, save } = ek.exerciseRecord;

  const FILE = "engagekit-attempts.jsonl";
  const LARGEST = 50000000; // characters of an imported file

  /** The section, and `refresh` to bring it up to date without disturbing the buttons. */
  function record(view) {
    const told = el("div", { class: "ek-kept" });
    const download = button([icon("down"), "Download everything"], () => take(view), "plain");
    const eraser = el("div", { class: "ek-eraser" });
    const tools = el("div", { class: "ek-actions" }, download, importer(view));
    const node = el("section", { class: "ek-record" }, heading(view.level + 1, { tabindex: "-1" }, "Your record"), told, tools, view.store.erase ? eraser : null);
    calm(view, eraser);

    function refresh(progress, answers) {
      told.replaceChildren(...lines(view.store, progress, answers));
      download.hidden = answers.length === 0;
      // What cannot be read is part of the record too, and goes with it.
      eraser.hidden = answers.length === 0 && !view.store.damaged;
    }

    return { node, refresh };
  }

  function lines(store, progress, answers) {
    const found = [];
    if (store.problem) found.push(el("p", { class: "ek-warning" }, icon("note"), el("span", {}, PROBLEMS[store.problem] || store.problem)));
    if (answers.length === 0) found.push(el("p", {}, "Nothing is kept here yet. If you practised in another browser or in JupyterLab, download your record there and import it here."));
    else if (!store.problem) found.push(el("p", {}, count(answers.length, "answer is", "answers are") + " kept in " + store.where + " and sent nowhere. Download the file to keep a copy, or to go on in another browser or in JupyterLab."));
    if (progress.unknown > 0) found.push(el("p", { class: "ek-aside" }, count(progress.unknown, "attempt is", "attempts are") + " at exercises that are not on this page. They are kept, and come along in the file."));
    if (store.damaged > 0) found.push(el("p", { class: "ek-aside" }, count(store.damaged, "entry", "entries") + " in the record could not be read and " + (store.damaged === 1 ? "is" : "are") + " left out."));
    return found;
  }

  function take(view) {
    save(view.root, ek.attempts.toText(view.store.events()), FILE);
    announce(view.status, "Your record is in your downloads, as " + FILE + ".");
  }

  function importer(view) {
    const input = el("input", { type: "file", accept: ".jsonl,.ndjson,.txt", hidden: true, "aria-label": "A file of attempts" });
    const chosen = el("p", { class: "ek-imported" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      const words = await bring(view, file);
      input.value = "";
      chosen.textContent = words;
      announce(view.status, words);
    });
    return [button([icon("up"), "Import a record"], () => input.click(), "plain"), input, chosen];
  }

  /** Add a file's answers to the record; the answer says what happened. */
  async function bring(view, file) {
    if (file.size > LARGEST) return "That file is too large to be a record of attempts. Nothing was imported.";
    let text = "";
    try {
      text = await file.text();
    } catch {
      return "That file could not be opened. Nothing was imported.";
    }
    const found = ek.attempts.parseLines(text);
    if (found.events.length === 0) return "No answers of this course were found in that file. Nothing was imported.";
    const events = ek.attempts.merge(found.events);
    const fresh = view.store.merge(events);
    view.draw();
    const parts = [count(fresh, "new answer") + ", " + (events.length - fresh) + " already here."];
    if (found.damaged > 0) parts.push(count(found.damaged, "line") + " could not be read.");
    if (view.store.problem && fresh > 0) parts.push("They last only until you close this page.");
    return parts.join(" ");
  }

  /** Erasing asks once more, in place. */
  function calm(view, place) {
    const ask = () => {
      const sure = button("Erase everything", erase, "plain");
      const keep = button("Keep it", () => back(), "quiet");
      place.replaceChildren(el("span", {}, "Erase every answer to every exercise from " + view.store.where + "? This cannot be undone."), sure, keep);
      keep.focus();
    };
    const start = button("Erase everything …", ask, "quiet");
    const back = () => {
      place.replaceChildren(start);
      start.focus();
    };
    const erase = () => {
      view.store.erase();
      view.root.querySelector(".ek-imported").textContent = "";
      place.replaceChildren(start);
      view.draw();
      view.root.querySelector(".ek-record").firstElementChild.focus();
      announce(view.status, "Your record is erased from " + view.store.where + ".");
    };
    place.replaceChildren(start);
  }

  ek.progressRecord = record;
})((globalThis.engagekit = globalThis.engagekit || {}));
