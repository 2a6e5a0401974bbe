import { useLayoutEffect, useRef } from 'react';
import { pictureKey } from '../first-screen/picture.ts';
import { useDeps, useDevice } from './contexts.ts';
import { useDoor } from './use-door.ts';
import { useLivePart } from './use-live.ts';

/** The picture for the next start is of one person's screen: it goes when the device is locked, or somebody else is there. */
export function useForgetPicture(): void {
  const { texts, slot } = useDeps();
  const door = useDoor();
  const person = useLivePart(useDevice().company.person, (one) => one?.person);
  const before = useRef(person);
  useLayoutEffect(() => {
    if (door !== null || before.current !== person) texts.removeItem(pictureKey(slot));
    before.current = person;
  }, [door, person, texts, slot]);
}
