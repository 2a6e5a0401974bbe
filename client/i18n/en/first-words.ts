import { display } from './display.ts';
import { found } from './found.ts';
import { held } from './held.ts';
import { sell } from './sell.ts';
import { shares } from './shares.ts';
import { shell } from './shell.ts';
import { shift } from './shift.ts';
import { state } from './state.ts';
import { till } from './till.ts';

/** Every word that the frame and the selling screen say before anything is opened over them. */
export const firstWords = {
  display,
  found,
  held,
  sell,
  shares,
  shell,
  shift,
  state,
  till,
} as const;
