import { createLive, type Live } from '../device/live.ts';

/** What a service worker's registration is, as far as an update goes. */
export interface UpdateSource {
  /** Calls whenever a newer version waits to take over. */
  onWaiting(act: () => void): void;
  /** Lets the version that waits take over, in all tabs. */
  accept(): void;
  /** Calls when another version has taken over this page's requests. */
  onTaken(act: () => void): void;
}

/**
 * Offers a newer version of the app; taking it is the only thing that loads the page anew. When another tab takes it, this one goes
 * on with the version it has, and is offered to load when its person likes: two tills of one browser never interrupt each other.
 */
export function watchUpdates(source: UpdateSource, reload: () => void): Live<(() => void) | null> {
  const update = createLive<(() => void) | null>(null);
  let accepted = false;
  source.onWaiting(() =>
    update.set(() => {
      accepted = true;
      source.accept();
    }),
  );
  source.onTaken(() => {
    if (accepted) reload();
    else update.set(reload);
  });
  return update;
}
