/** Words of enrolling, and of an origin that is not secure. */
export const enrol = {
  title: 'Connect this device',
  slot: 'This device will be kept as “{{slot}}” in this browser.',
  text: 'Ask a manager for a code: Office, then Devices. The code has 8 characters and is good for ten minutes.',
  code: 'Code',
  codeHint: 'Upper or lower case; spaces and dashes do not matter',
  submit: 'Connect',
  busy: 'Connecting',
  advanced: 'Advanced',
  server: 'Server address',
  serverHint: 'Leave empty to use the address this app came from',
  left: {
    label: 'What lies in this browser',
    journal_one:
      '{{count}} entry of {{till}}, an earlier till in this browser, lies here. Save it to a file first; once connected, this device hands it in by itself.',
    journal_other:
      '{{count}} entries of {{till}}, an earlier till in this browser, lie here. Save them to a file first; once connected, this device hands them in by itself.',
    save: 'Save them to a file',
    others: 'This browser is a till already. Open that one instead, unless you want one more.',
    open: 'Open {{till}}',
  },
  fault: {
    short: 'A code has 8 characters. This one has {{count}}.',
    letters: 'A code has only letters and digits, and no “u”. Check the code.',
    address: 'This is no address. It begins with https:// or http://, e.g. https://shop.local:4780',
    offline:
      'The server cannot be reached. Check that this device is on the shop’s network and the server is running, then try again. The code stays good.',
  },
  insecure: {
    title: 'This address is not secure',
    text: 'The browser opened Laci over plain http. Without https it cannot keep the app for offline use, cannot keep this device’s key, and cannot use the camera. So nothing starts here; nothing is lost.',
    start: 'Whoever looks after the server starts it for the shop’s network:',
    step1: 'Open the page that helps this device trust the shop:',
    step2: 'Follow its few steps once, then open the secure address it shows (https://…).',
    step3: 'On the computer that runs the server, http://localhost works as it is.',
    open: 'Open the trust page',
  },
} as const;
