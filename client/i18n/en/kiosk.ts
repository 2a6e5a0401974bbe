/** Words of kiosk mode. */
export const kiosk = {
  title: 'Kiosk mode',
  begin: 'Begin kiosk mode',
  end: 'Leave kiosk mode',
  text: 'Laci fills the screen and keeps it on. “Back”, a swipe or a long touch leads nowhere, and the page asks before it is left with goods in the cart.',
  noFill:
    'This browser cannot fill the screen. Laci keeps it on, and asks before it is left with goods in the cart; to hide the address bar, put it on the Home Screen.',
  kept: 'Only a manager may leave',
  cover: 'This till is in kiosk mode. Fill the screen to go on.',
  fill: 'Fill the screen',
} as const;
