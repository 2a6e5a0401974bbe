/** Keeps the screen on while this page is seen, until the call of what it gives. Where a browser cannot, nothing happens. */
export function browserKeepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  const take = async () => {
    if (!wanted || document.visibilityState !== 'visible') return;
    // Refused on a nearly empty battery: then the device goes to sleep as it would.
    const taken = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
    if (wanted) lock = taken;
    else void taken?.release();
  };
  const again = () => void take();
  // A browser takes it back whenever the page is hidden.
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
