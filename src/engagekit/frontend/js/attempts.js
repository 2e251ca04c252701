/* The record of what a learner answered: small events, only ever added. The same lines as engagekit.frontend.attempts. */
(function (ek) {
  "use strict";

  const SCHEMA = "attempt-event/2";
  const FIELDS = ["schema", "attempt", "lens", "vignette", "content", "item", "answer", "at"];
  const EARLIER = "attempt-event/1"; // the same but for two names, from the time when Talk was the only lens
  const EARLIER_NAMES = { item: "turn", answer: "code" };
  const LONGEST = 100; // characters in one field
  const LONGEST_ANSWER = 4000;
  const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
  const END_OF_TIME = Date.parse("9999-12-31T23:59:59.999Z"); // the last time that TIME can hold
  const PREFIX = "engagekit/attempts/";

  /** A parsed line as an event of today, or null when it is not a complete event with nothing added to it. */
  function asEvent(value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
    const earlier = value.schema === EARLIER;
    const given = (name) => (earlier && EARLIER_NAMES[name]) || name;
    const names = Object.keys(value);
    if (names.length !== FIELDS.length || !FIELDS.every((name) => names.includes(given(name)))) return null;
    const event = Object.fromEntries(FIELDS.map((name) => [name, value[given(name)]]));
    if (earlier) event.schema = SCHEMA;
    if (event.schema !== SCHEMA || !FIELDS.every((name) => isText(event[name], name === "answer" ? LONGEST_ANSWER : LONGEST))) return null;
    return TIME.test(event.at) ? event : null;
  }

  function isText(value, longest) {
    return typeof value === "string" && value !== "" && [...value].length <= longest && !/\p{Surrogate}/u.test(value);
  }

  function isEvent(value) {
    return asEvent(value) !== null;
  }

  /** One line of JSON with the fields always in the same order, so that equal events are equal text. */
  function toLine(event) {
    return JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, event[name]])));
  }

  /** Read JSON Lines: the events, and how many lines were not events. Blank lines do not count. */
  function parseLines(text) {
    const events = [];
    let damaged = 0;
    for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
      if (line.trim() === "") continue;
      let value = null;
      try {
        value = JSON.parse(line);
      } catch {
        value = null;
      }
      const event = asEvent(value);
      if (event) events.push(event);
      else damaged += 1;
    }
    return { events, damaged };
  }

  /** The union of several records, each event once, in order of time. */
  function merge(...records) {
    const lines = new Map();
    for (const event of records.flat()) lines.set(toLine(event), event);
    return [...lines.entries()]
      .sort(([one, a], [two, b]) => (a.at === b.at ? (one < two ? -1 : 1) : a.at < b.at ? -1 : 1))
      .map((entry) => entry[1]);
  }

  function toText(events) {
    return events.map((event) => toLine(event) + "\n").join("");
  }

  /** A random id. `randomUUID` is missing on plain http, so the bytes are shaped by hand there. */
  function newId() {
    if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
    const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /** The time now, or just after `latest` where the clock has not moved on or was set back. */
  function timeAfter(latest) {
    const now = new Date();
    const floor = latest ? Math.min(Date.parse(latest) + 1, END_OF_TIME) : 0;
    return (now.getTime() < floor ? new Date(floor) : now).toISOString();
  }

  /** Split events of one exercise into attempts, oldest first: {id, content, first, latest, last}. */
  function attemptsOf(events) {
    const found = new Map();
    for (const event of merge(events)) {
      const blank = { id: event.attempt, content: event.content, first: {}, latest: {}, last: event.at };
      const attempt = found.get(event.attempt) || blank;
      if (!Object.prototype.hasOwnProperty.call(attempt.first, event.item)) attempt.first[event.item] = event.answer;
      attempt.latest[event.item] = event.answer;
      attempt.last = event.at;
      found.set(event.attempt, attempt);
    }
    return [...found.values()].sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0));
  }

  /** Where an event is kept: the same event always in the same place, two different ones never. */
  function placeOf(event) {
    const short = event.answer.length <= 40 ? event.answer : event.answer.length + "." + shortHash(event.answer);
    const parts = [event.lens, event.vignette, event.attempt, event.item, event.at, short, event.content];
    return PREFIX + parts.map(encodeURIComponent).join("/");
  }

  /** A short name for a long answer. The time and the length stand beside it, so a weak hash will do. */
  function shortHash(text) {
    let hash = 0;
    for (const character of text) hash = (hash * 31 + character.codePointAt(0)) % 9007199254740881;
    return hash.toString(36);
  }

  /**
   * Keep events in this browser. Each event has a place of its own, named by its content, so two open tabs can
   * never overwrite each other. When the browser refuses, events stay in memory and `problem` says so. Without a
   * vignette it is the store of every exercise.
   */
  function browserStore(lens, vignette) {
    const start = PREFIX + (lens ? lens + "/" : "") + (vignette ? vignette + "/" : "");
    const mine = (event) => (!lens || event.lens === lens) && (!vignette || event.vignette === vignette);
    const memory = [];
    const store = { where: "this browser", problem: "", damaged: 0, events, append, merge: mergeIn, onChange, erase };

    function events() {
      const kept = [];
      store.damaged = 0;
      try {
        const storage = globalThis.localStorage;
        for (let index = 0; index < storage.length; index += 1) {
          const name = storage.key(index);
          if (!name.startsWith(start)) continue;
          const found = parseLines(storage.getItem(name) || "");
          kept.push(...found.events);
          store.damaged += found.damaged;
        }
      } catch {
        store.problem = "blocked";
      }
      return merge(kept, memory);
    }

    /** Write an event, and with it whatever had no room before. What still has none is held in memory. */
    function append(event) {
      const unwritten = [...memory.splice(0), event];
      store.problem = "";
      for (const each of unwritten) {
        try {
          globalThis.localStorage.setItem(placeOf(each), toLine(each));
        } catch (error) {
          store.problem = error && error.name === "QuotaExceededError" ? "full" : "blocked";
          memory.push(each);
        }
      }
      return store.problem;
    }

    function mergeIn(incoming) {
      const known = new Set(events().map(toLine));
      const fresh = incoming.filter((event) => mine(event) && !known.has(toLine(event)));
      fresh.forEach(append);
      return fresh.length;
    }

    function onChange(callback) {
      const heard = (change) => {
        if (change.key === null || change.key.startsWith(start)) callback();
      };
      globalThis.addEventListener("storage", heard);
      return () => globalThis.removeEventListener("storage", heard);
    }

    /** Forget everything in this store, or what belongs to one exercise ({lens, id}). */
    function erase(exercise) {
      const from = exercise ? PREFIX + exercise.lens + "/" + exercise.id + "/" : start;
      try {
        const storage = globalThis.localStorage;
        const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
        for (const name of names) if (name.startsWith(from)) storage.removeItem(name);
      } catch {
        store.problem = "blocked";
      }
      memory.splice(0, memory.length, ...memory.filter((event) => !placeOf(event).startsWith(from)));
    }

    events();
    return store;
  }

  ek.attempts = { SCHEMA, LONGEST_ANSWER, isEvent, asEvent, toLine, parseLines, merge, toText, newId, timeAfter, attemptsOf, placeOf, browserStore };
})((globalThis.engagekit = globalThis.engagekit || {}));
