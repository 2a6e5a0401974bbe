/** Words of how things stand: warnings, news, and looking after a device. */
export const state = {
  sign: {
    waiting_one: '{{count}} thing waits for the server. Selling goes on; tell a manager if it stays so.',
    waiting_other: '{{count}} things wait for the server. Selling goes on; tell a manager if it stays so.',
    stale: 'Prices and stock of the other tills are as of {{age}}.',
    offline:
      'No connection for {{length}}. Selling goes on, and everything is kept here; tell a manager, and do not clear the browser’s data.',
  },
  see: 'See what waits',
  dismiss: 'Dismiss',
  homecoming_one: '{{count}} sale synced.',
  homecoming_other: '{{count}} sales synced.',
  elsewhere: 'New sale at {{till}}: {{receipt}}',
  wantElsewhere: 'Show sales of other tills',
} as const;
