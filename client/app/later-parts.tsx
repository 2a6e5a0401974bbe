import { DoorCover } from './door-cover.tsx';
import { later } from './later.tsx';
import { MoreButton } from './more-button.tsx';
import { SettingsButton } from './settings-button.tsx';

/** Windows, menus and notices of the frame: none is needed before the first product can be touched. */
export const ApprovalDialog = later(async () => (await import('./approval-dialog.tsx')).ApprovalDialog);
export const DisplayDialog = later(async () => (await import('./display-dialog.tsx')).DisplayDialog);
export const KeysHelp = later(async () => (await import('./keys-help.tsx')).KeysHelp);
export const KioskGuard = later(async () => (await import('./kiosk-guard.tsx')).KioskGuard);
export const MoreMenu = later(
  async () => (await import('./more-menu.tsx')).MoreMenu,
  ({ pages, page, onChange }) => <MoreButton pages={pages} page={page} onClick={() => onChange(true)} />,
);
export const Notices = later(async () => (await import('./notices.tsx')).Notices);
export const PersonDialog = later(async () => (await import('./person-dialog.tsx')).PersonDialog);
export const PersonDoor = later(
  async () => (await import('./person-door.tsx')).PersonDoor,
  () => <DoorCover />,
);
export const PrintSheet = later(async () => (await import('./print-sheet.tsx')).PrintSheet);
export const SettingsMenu = later(
  async () => (await import('./settings-menu.tsx')).SettingsMenu,
  ({ onChange }) => <SettingsButton onClick={() => onChange(true)} />,
);
