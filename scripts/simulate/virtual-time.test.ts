import { expect, test } from 'vitest';
import { createTab } from './tab.ts';
import { createVirtualTime } from './virtual-time.ts';

test('[SIM2] what is due happens in order, one moment in the order it was asked for, promises between', async () => {
  const time = createVirtualTime();
  const heard: string[] = [];
  const say = (what: string) => async () => {
    await Promise.resolve();
    heard.push(`${time.now()} ${what}`);
  };
  time.after(20, say('late'));
  time.after(10, say('first'));
  time.after(10, say('second'));
  const cancel = time.after(15, say('never'));
  cancel();
  await time.pass(15);
  expect(heard).toEqual(['10 first', '10 second']);
  await time.pass(5);
  expect([time.now(), heard.at(-1)]).toEqual([20, '20 late']);
});

test('[SIM6] a frozen tab goes on when it thaws, a killed one never', async () => {
  const time = createVirtualTime();
  const heard: string[] = [];
  const [cold, dead] = [createTab(time), createTab(time)];
  cold.timers.after(5, () => heard.push('thawed'));
  dead.timers.after(5, () => heard.push('dead'));
  void dead.gate().then(() => dead.gate());
  cold.freeze();
  dead.kill();
  await time.pass(10);
  expect(heard).toEqual([]);
  cold.thaw();
  expect(heard).toEqual(['thawed']);
});
