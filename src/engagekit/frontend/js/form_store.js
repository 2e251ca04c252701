/* Where answers are kept: this browser's storage for a page, answers.json through a widget's model in JupyterLab.
   Both notice when somebody else has written since, and neither overwrites what it has not shown. */
(function (ek) {
  "use strict";

  const PREFIX = "engagekit/answers/";
  const PATIENCE = 8000; // milliseconds until a silent kernel is reported
  const ASIDE = 20; // versions that are kept when two were written

  function read(place) {
    try {
      const found = JSON.parse(globalThis.localStorage.getItem(place) || "null");
      return found && typeof found === "object" && found.answers ? found : null;
    } catch {
      return null;
    }
  }

  /** What was kept, in the one shape that both stores give. */
  function stored(found) {
    return { answers: found.answers, declaration: found.declaration || null, version: found.saved, saved: found.saved, older: false };
  }

  /**
   * Keep answers in this browser. `problem` is "" or a sentence. The version is the time of saving, so a page
   * that has not seen the newest version is told, and nothing is written until its learner has chosen.
   */
  function browserStore(form) {
    const place = PREFIX + form.id;
    const blocked = "This browser does not keep answers for this page. Download them before you close it.";
    const store = { kind: "browser", where: "this browser", problem: "", notes: [], load, save, keepAside, aside, onChange };

    function load() {
      let source = null;
      try {
        source = globalThis.localStorage.getItem(place);
      } catch {
        store.problem = blocked;
      }
      const found = read(place);
      if (source && !found) {
        write(place + "/damaged/" + new Date().toISOString(), source);
        store.notes = ["Answers that this browser had kept could not be read. They were set aside, and this form starts empty."];
      }
      return found ? Object.assign(stored(found), { older: found.form !== form.form }) : { answers: {}, declaration: null, version: "", saved: "", older: false };
    }

    function write(name, source) {
      try {
        globalThis.localStorage.setItem(name, source);
        return "";
      } catch (error) {
        const full = error && error.name === "QuotaExceededError";
        return full ? "This browser has no room left for answers. Download them before you close the page." : blocked;
      }
    }

    async function save(sheet, base) {
      const now = read(place);
      if (now && now.saved !== base) return { conflict: stored(now) };
      const saved = new Date(Math.max(Date.now(), now ? Date.parse(now.saved) + 1 || 0 : 0)).toISOString();
      store.problem = write(place, JSON.stringify(ek.formState.file(form, sheet, saved)));
      return store.problem ? { refused: store.problem } : { version: saved, saved };
    }

    /** Keep the version that the learner did not choose. */
    async function keepAside(sheet, saved) {
      const names = asideNames();
      for (const name of names.slice(0, Math.max(0, names.length - ASIDE + 1))) globalThis.localStorage.removeItem(name);
      const when = new Date().toISOString();
      const problem = write(place + "/aside/" + when, JSON.stringify(ek.formState.file(form, sheet, saved || when)));
      return problem ? { refused: problem } : {};
    }

    function asideNames() {
      try {
        return Object.keys(globalThis.localStorage).filter((name) => name.startsWith(place + "/aside/")).sort();
      } catch {
        return [];
      }
    }

    function aside() {
      return asideNames().map(read).filter(Boolean);
    }

    function onChange(callback) {
      const heard = (change) => {
        const now = change.key === place ? read(place) : null;
        if (now) callback(stored(now));
      };
      globalThis.addEventListener("storage", heard);
      return () => globalThis.removeEventListener("storage", heard);
    }

    return store;
  }

  /** Keep answers through a widget's model: Python writes the file and answers each message. */
  function modelStore(model) {
    const waiting = new Map();
    const store = { kind: "file", where: model.get("place"), problem: "", notes: model.get("notes") || [], load, save, keepAside, aside, onChange };
    const me = ek.attempts.newId();
    let asked = 0;

    function load() {
      return Object.assign({ answers: {}, declaration: null, version: "", saved: "", older: false }, model.get("stored"));
    }

    function ask(message) {
      asked += 1;
      const ticket = me + "/" + asked;
      return new Promise((resolve) => {
        const silent = () => {
          waiting.delete(ticket);
          resolve({ refused: "Python is not answering, so nothing was saved. Keep this page open, and run the cell with the form again." });
        };
        const timer = globalThis.setTimeout(silent, PATIENCE);
        waiting.set(ticket, (reply) => {
          globalThis.clearTimeout(timer);
          waiting.delete(ticket);
          resolve(reply);
        });
        try {
          model.send(Object.assign({ ticket }, message));
        } catch {
          globalThis.clearTimeout(timer);
          silent();
        }
      });
    }

    model.on("msg:custom", (reply) => {
      const take = reply && waiting.get(reply.ticket);
      if (take) take(reply);
    });

    function save({ answers, declaration }, base) {
      return ask({ kind: "save", answers, declaration, base });
    }

    function keepAside({ answers, declaration }) {
      return ask({ kind: "aside", answers, declaration });
    }

    function aside() {
      return [];
    }

    function onChange(callback) {
      const heard = () => callback(load());
      model.on("change:stored", heard);
      return () => model.off("change:stored", heard);
    }

    return store;
  }

  ek.formStore = { browserStore, modelStore, PREFIX };
})((globalThis.engagekit = globalThis.engagekit || {}));
