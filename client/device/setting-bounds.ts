/** What screens need to know of the sync settings: bounds to show, and what an address is. Screens do not reach into sync/. */
export {
  DEFAULT_SETTINGS,
  HOUR_BOUNDS,
  IDLE_BOUNDS,
  SETTING_BOUNDS,
  SIGN_BOUNDS,
  serverOrigin,
  WINDOW_BOUNDS,
} from '../sync/settings.ts';
