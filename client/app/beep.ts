/** Hertz; high enough to be heard in a shop, as scanners beep. */
const PITCH = 1_800;
const SECONDS = 0.08;
const LOUDNESS = 0.15;

/** A short tone, and a tremble where the device can: something was read. Browsers that forbid sound stay silent. */
export function beep(): void {
  navigator.vibrate?.(60);
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = PITCH;
    volume.gain.value = LOUDNESS;
    tone.connect(volume).connect(audio.destination);
    tone.onended = () => void audio.close();
    tone.start();
    tone.stop(audio.currentTime + SECONDS);
  } catch {
    // No sound here; the screen says it too.
  }
}
