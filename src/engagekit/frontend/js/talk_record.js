/* The learner's own record: where it is kept, past attempts, and ways to take it along, bring it in or erase it. */
(function (ek) {
  "use strict";
  const { el, heading, icon, button, quietly, announce, count } = ek.dom;
  const state = ek.talkState;

  const LARGEST = 5000000; // characters of an imported file

  const PROBLEMS = {
    blocked: "This browser does not keep answers for this page. They last only until you close it: download them before you leave.",
    full: "This browser has no room left for answers. New ones last only until you close the page: download them before you leave.",
  };

  function section(talk) {
    const parts = [heading(talk.level + 2, {}, "Your attempts"), kept(talk), earlier(talk)];
    const tools = el("div", { class: "ek-actions" });
    if (talk.attempt.last) tools.append(button([icon("again"), "Try again"], () => talk.tryAgain(), "plain"));
    if (talk.record.length > 0) tools.append(button([icon("down"), "Download my attempts"], () => download(talk), "plain"));
    tools.append(importer(talk));
    if (talk.store.erase && talk.record.length > 0) tools.append(eraser(talk));
    parts.push(tools);
    return el("div", { class: "ek-record" }, parts);
  }

  function kept(talk) {
    return el("div", { class: "ek-kept" }, keptLine(talk));
  }

  /** Bring that line up to date without disturbing the buttons around it. */
  function refresh(talk) {
    talk.root.querySelector(".ek-kept").replaceChildren(keptLine(talk));
  }

  function keptLine(talk) {
    const { store } = talk;
    if (store.problem) {
      return el("p", { class: "ek-warning" }, icon("note"), el("span", {}, PROBLEMS[store.problem] || store.problem));
    }
    const waiting = store.waiting ? store.waiting() : 0;
    if (waiting > 0) {
      const told = count(waiting, "answer") + " on the way to " + store.where + ". If this line stays, Python is not running: run the cell again.";
      return el("p", { class: "ek-aside" }, told);
    }
    const older = state.olderAttempts(talk.exercise, talk.record);
    const note = older > 0 ? " " + count(older, "attempt") + " at an earlier version of this interview " + (older === 1 ? "is" : "are") + " kept too." : "";
    return el("p", { class: "ek-aside" }, "Your answers are kept in " + store.where + " and sent nowhere." + note);
  }

  /** Attempts so far with their agreement, when there is more than one to compare. */
  function earlier(talk) {
    if (talk.past.length < 2) return null;
    const codes = state.codeIds(talk.exercise);
    const items = talk.past.map((attempt) => {
      const scored = ek.agreement.compare(talk.exercise.key, state.counted(talk.exercise, attempt), codes);
      const when = new Date(attempt.last).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
      const done = Object.keys(attempt.latest).length;
      const share = scored.percent === null ? "nothing to compare" : ek.talkResults.percent(scored.percent);
      const part = done < talk.turns.length ? ", " + done + " of " + count(talk.turns.length, "turn") + " coded" : "";
      return el("li", {}, when + ": " + share + part + (attempt.id === talk.attempt.id ? " (this one)" : ""));
    });
    return el("ol", { class: "ek-past" }, items);
  }

  function download(talk) {
    const text = ek.attempts.toText(talk.store.events());
    const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
    const link = el("a", { href: address, download: talk.exercise.id + "-attempts.jsonl", hidden: true });
    talk.root.append(link);
    link.click();
    link.remove();
    globalThis.setTimeout(() => URL.revokeObjectURL(address), 60000);
    announce(talk.status, "Your attempts are in your downloads.");
  }

  function importer(talk) {
    const input = el("input", { type: "file", accept: ".jsonl,.ndjson,.txt", hidden: true, "aria-label": "A file of attempts" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      input.value = "";
      if (file) announce(talk.status, await take(talk, file));
    });
    return el("span", {}, button([icon("up"), "Import attempts"], () => input.click(), "plain", { class: "ek-button ek-button-plain ek-import" }), input);
  }

  /** Add a file's events to the record; the answer says what happened. */
  async function take(talk, file) {
    if (file.size > LARGEST) return "That file is too large to be a record of attempts. Nothing was imported.";
    const found = ek.attempts.parseLines(await file.text());
    const mine = found.events.filter((event) => event.lens === "talk" && event.vignette === talk.exercise.id);
    const fresh = talk.store.merge(mine);
    talk.takeUp();
    talk.root.querySelector(".ek-import").focus();
    const others = found.events.length - mine.length;
    const parts = [count(fresh, "answer") + " imported, " + (mine.length - fresh) + " here already."];
    if (others > 0) parts.push(count(others, "answer") + " of other exercises left out.");
    if (found.damaged > 0) parts.push(count(found.damaged, "line") + " could not be read.");
    return parts.join(" ");
  }

  /** Erasing asks once more, in place. */
  function eraser(talk) {
    const place = el("span", { class: "ek-eraser" });
    const ask = () => {
      const sure = button("Erase them", erase, "plain");
      place.replaceChildren(el("span", {}, "Erase every attempt at this interview from this browser?"), sure, button("Keep them", calm, "quiet"));
      sure.focus();
    };
    const calm = () => {
      place.replaceChildren(button(["Erase", quietly(" my attempts")], ask, "quiet"));
      if (place.isConnected) place.querySelector("button").focus();
    };
    const erase = () => {
      talk.store.erase();
      talk.startOver();
      announce(talk.status, "Your attempts at this interview are erased from this browser.");
    };
    calm();
    return place;
  }

  ek.talkRecord = { section, refresh };
})((globalThis.engagekit = globalThis.engagekit || {}));
