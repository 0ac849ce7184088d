// Goes through the guide from inside the page, as somebody would who answers truthfully. Read in before the page's own
// scripts; the guide knows nothing of it.
(() => {
  const MOST_TURNS = 60;
  /** What the last press of "Next" took. */
  let pressed = Promise.resolve({});
  let labels = {};

  /** When the browser has painted: the first task after the frame that follows. */
  const painted = () =>
    new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      requestAnimationFrame(() => channel.port2.postMessage(0));
    });
  /** The words that are seen in a part of the page: without those that are only heard. */
  const seenIn = (part) => {
    const heard = [...part.querySelectorAll(".sr")];
    heard.forEach((one) => one.style.setProperty("display", "none"));
    const found = part.innerText;
    heard.forEach((one) => one.style.removeProperty("display"));
    return found;
  };
  const words = () => seenIn(document.querySelector("main"));
  const find = (label) => [...document.querySelectorAll("main button")].find((one) => one.textContent.trim() === label);

  const kind = () => {
    if (find(labels.print)) {
      return "result";
    }
    if (find(labels.go_on)) {
      return "help";
    }
    if (find(labels.safe_yes)) {
      return "gate";
    }
    return document.querySelector("main form fieldset") ? "page" : "";
  };

  const state = async () => {
    for (let turn = 0; turn < 2000 && !kind(); turn += 1) {
      await new Promise((done) => setTimeout(done));
    }
    return kind();
  };

  /**
   * Choose on a page of questions: of each group what is true and offered there, or that nothing is. How many choices
   * that were: one a question, and one for each line of a list to tick, which all have to be weighed.
   */
  const choose = (truth) => {
    const inputs = () => [...document.querySelectorAll("main fieldset input")];
    let choices = 0;
    for (const name of new Set(inputs().map((one) => one.name))) {
      const offered = inputs().filter((one) => one.name === name);
      const wanted = offered.filter((one) => (truth[name] || []).includes(one.value));
      for (const one of wanted.length ? wanted : offered.filter((other) => other.value === "none")) {
        one.click();
      }
      choices += offered[0].type === "checkbox" ? offered.filter((one) => one.value !== "none").length : 1;
    }
    return choices;
  };

  const step = (at, truth) => {
    const choices = at === "page" ? choose(truth) : 0;
    find({ help: labels.go_on, gate: labels.safe_yes, page: labels.next, result: labels.print }[at]).click();
    return choices;
  };

  /** From the first screen to the one that prints: the words of each, and how many choices were made. */
  const through = async (truth) => {
    const seen = [words()];
    let choices = 0;
    find(labels.begin).click();
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const at = await state();
      if (!at) {
        break;
      }
      seen.push(words());
      choices += step(at, truth);
      if (at === "result") {
        return { seen, choices, last: seenIn(document.querySelector("main .screen-part")) };
      }
    }
    throw new Error(`still asking: ${words()}`);
  };

  /** Measure every press of "Next" from now on. */
  const watch = () => {
    const slow = new Map();
    new PerformanceObserver((list) => {
      list.getEntries().forEach((one) => one.name === "click" && slow.set(one.startTime, one.duration));
    }).observe({ type: "event", durationThreshold: 16 });
    let took = null;
    addEventListener(
      "click",
      (event) => {
        const one = { waited: performance.now() - event.timeStamp, handled: 0 };
        took = one;
        pressed = painted().then((end) => {
          one.painted = end - event.timeStamp;
          one.screen = document.getElementById("app").innerHTML;
          one.browser = () => slow.get(event.timeStamp) || 0;
          return one;
        });
      },
      true,
    );
    let began = 0;
    addEventListener("submit", () => (began = performance.now()), true);
    addEventListener("submit", () => (took.handled = performance.now() - began));
  };

  /** What the last press took. The browser tells its own figure a little later. */
  const took = async () => {
    const one = await pressed;
    await new Promise((done) => setTimeout(done, 150));
    return { ...one, browser: one.browser() };
  };

  /** Where to press "Next", or on a ready screen without it, another button. */
  const where = () => {
    const button = find(labels.next) || [...document.querySelectorAll("main button")].pop();
    button.scrollIntoView({ block: "center" });
    const { x, y, width, height } = button.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };

  /** Put a ready screen there, as little as anybody could do. */
  const put = (screen) => {
    document.getElementById("app").innerHTML = screen;
    scrollTo(0, 0);
    document.getElementById("title").focus({ preventScroll: true });
  };

  /** Put ready screens there one after another: how long each takes until painted. */
  const show = async (screens) => {
    const found = [];
    for (const screen of screens) {
      await new Promise((done) => setTimeout(done, 100));
      const start = performance.now();
      put(screen);
      found.push((await painted()) - start);
    }
    return found;
  };

  /** From now on every press puts the next ready screen there. Nothing of the guide listens to ready screens. */
  const ready = (screens) => {
    let place = 0;
    put(screens[0]);
    addEventListener("submit", (event) => event.preventDefault());
    addEventListener(
      "click",
      (event) => {
        put(screens[place]);
        place += 1;
        pressed = painted().then((end) => ({ painted: end - event.timeStamp, browser: () => 0 }));
      },
      true,
    );
  };

  window.walker = { use: (given) => (labels = given), begin: () => [labels.begin, labels.next].forEach((label) => find(label).click()) };
  Object.assign(window.walker, { words, state, choose, step, through, watch, took, where, show, ready });
})();
