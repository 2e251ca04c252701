/* The record in JupyterLab: Python keeps it in a file, and may stop at any moment. */
(function (ek) {
  "use strict";
  const { asEvent, toLine, parseLines, merge, placeOf } = ek.attempts;

  const UNSENT = "engagekit/unsent/";
  const PATIENCE = 5000; // milliseconds that Python may take to keep an answer before the page says so
  const NEWS = ["change:events", "change:problem", "change:unwritten"];

  /** Events that Python has not confirmed yet, kept in this tab of the browser: a dead kernel must not lose them. */
  const unsent = {
    all() {
      try {
        const names = Object.keys(globalThis.sessionStorage).filter((name) => name.startsWith(UNSENT));
        return names.flatMap((name) => parseLines(globalThis.sessionStorage.getItem(name) || "").events);
      } catch {
        return [];
      }
    },
    keep(event) {
      try {
        globalThis.sessionStorage.setItem(UNSENT + placeOf(event), toLine(event));
      } catch {
        // it is in memory, and the page says so when Python does not take it
      }
    },
    drop(event) {
      try {
        globalThis.sessionStorage.removeItem(UNSENT + placeOf(event));
      } catch {
        // nothing was kept
      }
    },
  };

  /**
   * Keep events through a widget's model: Python appends them to a file and sends back what it holds. What it has not
   * sent back waits in this tab, and goes to the next widget that shows the exercise: after a reload, or when the cell
   * is run again because Python had stopped.
   */
  function modelStore(model) {
    const data = model.get("data");
    const shown = new Set((data.exercises || [data]).map((each) => each.lens + "/" + each.id));
    const callbacks = new Set();
    let unsaved = unsent.all().filter((event) => shown.has(event.lens + "/" + event.vignette));
    let silent = false;
    const store = { where: model.get("place"), problem: "", urgent: false, events, append, merge: mergeIn, onChange, waiting };

    function events() {
      return merge(kept(), unsaved);
    }

    function kept() {
      return (model.get("events") || []).map(asEvent).filter(Boolean);
    }

    /** How many answers Python has not confirmed yet. */
    function waiting() {
      const known = new Set(kept().map(toLine));
      return unsaved.filter((event) => !known.has(toLine(event))).length;
    }

    function append(event) {
      send([event]);
      return store.problem;
    }

    function mergeIn(incoming) {
      const known = new Set(events().map(toLine));
      const fresh = incoming.filter((event) => !known.has(toLine(event)));
      send(fresh);
      return fresh.length;
    }

    function send(fresh) {
      if (fresh.length === 0) return;
      unsaved.push(...fresh.filter((event) => !unsaved.includes(event)));
      fresh.forEach(unsent.keep);
      try {
        model.send({ kind: "append", lines: fresh.map(toLine) });
        globalThis.setTimeout(() => (waiting() > 0 ? hear(true) : null), PATIENCE);
      } catch {
        silent = true; // JupyterLab knows that the kernel is gone
      }
      tell();
    }

    /** Python has news, or has been silent for too long. */
    function hear(late) {
      silent = late;
      const known = new Set(kept().map(toLine));
      // What Python could not write it only remembers, and says so.
      if (!model.get("unwritten")) unsaved.filter((event) => known.has(toLine(event))).forEach(unsent.drop);
      unsaved = unsaved.filter((event) => !known.has(toLine(event)));
      const before = store.problem;
      tell();
      if (!late || before !== store.problem) [...callbacks].forEach((callback) => callback());
    }

    function tell() {
      const late = silent && waiting() > 0;
      store.problem = late ? silence(waiting(), store.where) : model.get("problem");
      store.urgent = late || model.get("unwritten") > 0;
    }

    function onChange(callback) {
      callbacks.add(callback);
      if (callbacks.size === 1) NEWS.forEach((name) => model.on(name, news));
      return () => {
        callbacks.delete(callback);
        if (callbacks.size === 0) NEWS.forEach((name) => model.off(name, news));
      };
    }

    function news() {
      hear(false);
    }

    tell();
    send(unsaved.slice());
    return store;
  }

  function silence(waiting, place) {
    const many = waiting > 1;
    return (
      "Python does not answer, so " + waiting + (many ? " answers are" : " answer is") + " not in " + place + " yet. Run the cell again to put " +
      (many ? "them" : "it") + " there. Until then " + (many ? "they are" : "it is") + " kept in this tab only: download your attempts before you close it."
    );
  }

  ek.attempts.modelStore = modelStore;
})((globalThis.engagekit = globalThis.engagekit || {}));
