/** The oldest Node that runs Laci: from 22.18 on Node runs TypeScript by itself. */
export const nodeVersionMin = '22.18.0';

/** The Node that setup brings when the machine's own is too old: the newest tried release of the 24 LTS line. */
export const nodeVersionBrought = '24.21.0';

/**
 * `v22.18.1` → `[22, 18, 1]`. What is not a number counts as 0, so that a nightly of 25.0.0 is a 25.0.0.
 * @param {string} version
 * @returns {[number, number, number]}
 */
export function parseVersion(version) {
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
}

/**
 * Whether `version` is `least` or newer.
 * @param {string} version
 * @param {string} least
 */
export function isVersionAtLeast(version, least) {
  const mine = parseVersion(version);
  const wanted = parseVersion(least);
  for (const place of /** @type {const} */ ([0, 1, 2])) {
    if (mine[place] !== wanted[place]) return mine[place] > wanted[place];
  }
  return true;
}
