import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconBrowser } from '@tabler/icons-react';
import { Suspense, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../device/device.ts';
import { dropFirstScreen } from '../first-screen/first-screen.ts';
import { pictureKey } from '../first-screen/picture.ts';
import { EmptyPage } from '../ui/empty-state.tsx';
import { missing } from './abilities.ts';
import { useDeps } from './contexts.ts';
import { OpenDevice } from './open-device.tsx';
import { spokenLazy } from './spoken-lazy.ts';
import { useAbilities } from './use-abilities.ts';

/** Seen once in a device's life, or never: apart from what every start needs. */
const EnrolDoor = spokenLazy(async () => ({ default: (await import('./enrol-door.tsx')).EnrolDoor }));
const CannotBeTill = spokenLazy(async () => ({ default: (await import('./enrol-door.tsx')).CannotBeTill }));

export type GateState =
  | { readonly at: 'opening' }
  | { readonly at: 'not-enrolled' }
  | { readonly at: 'held'; readonly device: Device }
  | { readonly at: 'open'; readonly device: Device }
  | { readonly at: 'broken'; readonly error: Error };

/** Shows this slot's device when it is open, or what stands in the way and what to do about it. `first` is its opening, begun before anything is drawn. */
export function Gate({ first }: { first: Promise<GateState> }) {
  const { door, texts, slot } = useDeps();
  const [state, setState] = useState<GateState>({ at: 'opening' });
  const open = useCallback(async () => setState(await openState(door.open)), [door]);
  useEffect(() => void first.then(setState), [first]);
  useLayoutEffect(() => {
    if (state.at !== 'opening' && state.at !== 'open') dropFirstScreen();
    if (state.at === 'not-enrolled') texts.removeItem(pictureKey(slot));
  }, [state, texts, slot]);
  const takeOver = async (device: Device) => {
    await device.takeOver();
    setState({ at: 'open', device });
  };
  switch (state.at) {
    case 'opening':
      return <Opening />;
    case 'not-enrolled':
      return (
        <Suspense fallback={<Opening />}>
          <EnrolDoor onEnrolled={() => void open()} />
        </Suspense>
      );
    case 'held':
      return <Held onTake={() => void takeOver(state.device)} />;
    case 'broken':
      return <Broken error={state.error} />;
    case 'open':
      return <OpenDevice device={state.device} />;
  }
}

/** What comes of opening the device. Never rejects. */
export async function openState(open: () => Promise<Device | null>): Promise<GateState> {
  try {
    const device = await open();
    if (device === null) return { at: 'not-enrolled' };
    return device.active.get() ? { at: 'open', device } : { at: 'held', device };
  } catch (error) {
    return { at: 'broken', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function Opening() {
  const { t } = useTranslation();
  return (
    <EmptyPage icon={<Loader size="md" color="var(--accent-ink)" />} title={t('shell.opening')} data-testid="opening" />
  );
}

function Held({ onTake }: { onTake: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyPage
      icon={<IconBrowser size={44} />}
      title={t('shell.held.title')}
      help={t('shell.held.text')}
      data-testid="held"
    >
      <Button mt="md" size="lg" onClick={onTake} data-testid="take-over" autoFocus>
        {t('shell.held.take')}
      </Button>
    </EmptyPage>
  );
}

/** A browser that lacks what every till needs opens nothing: then that is what is said. */
function Broken({ error }: { error: Error }) {
  const { page } = useDeps();
  const { report } = useAbilities();
  if (report === null) return null;
  if (missing(report, 'needed').length > 0)
    return (
      <Suspense fallback={<Opening />}>
        <CannotBeTill report={report} onAgain={page.reload} />
      </Suspense>
    );
  return <BrokenStorage error={error} />;
}

function BrokenStorage({ error }: { error: Error }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  return (
    <EmptyPage
      icon={<IconAlertTriangle size={44} />}
      title={t('shell.broken.openTitle')}
      help={t('shell.broken.openText')}
      isAlarm
    >
      <code>{error.message}</code>
      <Button mt="md" onClick={() => page.reload()}>
        {t('shell.broken.reload')}
      </Button>
    </EmptyPage>
  );
}
