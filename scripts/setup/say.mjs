import process from 'node:process';

/**
 * One line for the person at the terminal. It goes to stderr, so that stdout stays the command's own: the last line of
 * `npm run bench -- … --json` is JSON and nothing else.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`laci: ${sentence}\n`);
}

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 05 s`.
 * @param {number} ms
 */
export function durationText(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * Does one piece of work and says how long it took, also when it fails.
 * @template T
 * @param {string} label what is being done, e.g. `Building the app`
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [resultText] what came of it, in two or three words
 * @returns {Promise<T>}
 */
export async function step(label, work, resultText = () => 'done') {
  const startedMs = performance.now();
  say(`${label} …`);
  try {
    const result = await work();
    say(`${label}: ${resultText(result)} (${durationText(performance.now() - startedMs)})`);
    return result;
  } catch (error) {
    say(`${label}: failed (${durationText(performance.now() - startedMs)})`);
    throw error;
  }
}
