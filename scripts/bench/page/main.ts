import { coldStart, readBack, settle } from './cold-start.ts';
import { openFigures, readFigures, sellFigures } from './figures.ts';
import { fullSync } from './full-sync.ts';
import { hold, holdBare, sellDay } from './hold.ts';

window.laciBench = {
  ...{ fullSync, settle, coldStart, readBack, hold, holdBare, sellDay },
  ...{ openFigures, readFigures, sellFigures },
};
