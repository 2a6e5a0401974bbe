/** What screens need to know of the sync settings: bounds to show, and what an address is. Screens do not reach into sync/. */
export { DEFAULT_SETTINGS, SETTING_BOUNDS, serverOrigin } from '../sync/settings.ts';
