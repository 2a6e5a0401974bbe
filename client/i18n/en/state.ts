/** Words of how things stand: warnings, news, and looking after a device. */
export const state = {
  sign: {
    waiting_one: '{{count, number}} thing waits for the server. Selling goes on; tell a manager if it stays so.',
    waiting_other: '{{count, number}} things wait for the server. Selling goes on; tell a manager if it stays so.',
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
  asOf: 'Prices and stock of the other tills are as of {{age}}.',
  why: {
    next: {
      online: 'It is being sent.',
      connecting: 'It goes as soon as the server answers.',
      offline: 'No connection. It goes by itself when the connection is back.',
      trouble: 'Something that is not the shop’s server answered. It goes when the server does.',
      revoked: 'This device was revoked: it is handed in all the same, when the server answers.',
    },
    refused: 'The server did not take it: {{reason}}. It stays here, and is offered again at each start.',
    'too-large':
      'It is too large to send. It stays here; save a rescue file and show it to whoever looks after the system.',
    offerAgain: 'Offer all of it again now',
    edits: 'Changes of products',
    carts: 'Changes of held carts',
    cart: 'A held cart',
    changes_one: '{{count}} change',
    changes_other: '{{count}} changes',
  },
  editAgain: 'Make it again',
  editAgainFailed: 'The change could not be made again: somebody must be signed in here, and the product must exist.',
  clearRefused: 'Put all of them away',
  care: {
    title: 'When something seems wrong',
    test: 'Asks the server once, and says what stands in the way.',
    full: 'Pulls everything again beside what is here; selling goes on, and a reload does not begin anew.',
    reset: 'The thorough way: removes all that came from the server and downloads it again. Own sales stay.',
  },
  test: {
    go: 'Test the connection',
    found: {
      reached: 'The server answered in {{took}} ms, and knows this device.',
      offline:
        'Nothing answered. Check the network of this device and that the server is running; what is sold is kept here and sent later.',
      other:
        'Something answered that is not the shop’s server. Perhaps this network wants a login: open any web page, log in, then test again.',
      credential:
        'The server does not know this device. Save a rescue file of what waits, then ask a manager for a new code.',
      revoked: 'A manager revoked this device. What waits is handed in; ask for a new code to go on.',
      version:
        'This app and the server are of different versions. Reload the app; if that does not help, update the server.',
      busy: 'The server is there and asks for patience. It is tried again by itself.',
      fault: 'The server answered with an error of its own. Tell whoever looks after it.',
    },
    clockAhead: 'The clock of this device is {{by}} ahead of the server’s. Set it right; receipts carry its time.',
    clockBehind: 'The clock of this device is {{by}} behind the server’s. Set it right; receipts carry its time.',
    notLive:
      'Requests get through, but the live connection is not open yet. If it stays so, a proxy in between may not let it through.',
  },
  reset: {
    open: 'Reset and download again',
    title: 'Reset {{till}}?',
    text: 'What waits is sent first, or saved to a file where the server does not take it. Then products, prices, stock and people are removed and downloaded again; until they are back nothing can be sold here. Own sales, receipt numbers and the open cart stay.',
    waiting_one: '{{count, number}} thing waits. It is sent first, and stays on this device in any case.',
    waiting_other: '{{count, number}} things wait. They are sent first, and stay on this device in any case.',
    confirm: 'Type {{till}} to confirm',
    go: 'Reset and download',
    saved: 'What could not be sent is in the file {{file}}, and on this device still.',
    ended: {
      done: 'Reset: everything is being downloaded again.',
      'no-server': 'The server cannot be reached, so nothing was removed. Try again when the connection is back.',
      'not-active': 'This till is open in another tab. Reset it there.',
      broken:
        'The reset broke off: the disk did not do it. It goes on by itself; reload the app if products stay away.',
    },
  },
} as const;
