import { coldStart, readBack, settle } from './cold-start.ts';
import { openFigures, readFigures, sellFigures } from './figures.ts';
import { syncLimit, syncOnDexie, syncOurs } from './full-sync.ts';
import { hold, holdBare, sellDay } from './hold.ts';

window.laciBench = {
  fullSync: { ours: syncOurs, dexie: syncOnDexie, limit: syncLimit },
  ...{ settle, coldStart, readBack, hold, holdBare, sellDay },
  ...{ openFigures, readFigures, sellFigures },
};
