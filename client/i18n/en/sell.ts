/** Words of what a cashier does to a cart. */
export const sell = {
  say: {
    undone: 'Taken back.',
    changed: 'Changed: {{name}}',
    discounted: 'Discount given on the whole sale.',
    undiscounted: 'No discount on the whole sale.',
    added: 'Added: {{name}}',
    noted: 'Note kept.',
    customer: 'Customer: {{name}}',
    noCustomer: 'No customer.',
  },
  fault: {
    card: 'This looks like a card number. Card numbers are never written down: take it out.',
    'discount-too-much': 'The discount is more than this costs. Enter a smaller one.',
    'too-large': 'This would cost more than can be counted. Check quantity and price.',
  },
  line: {
    price: 'Price per unit (shelf {{price}})',
    badPrice: 'Enter a price of 0 or more.',
    note: 'Note on this line',
    shelf: 'instead of {{price}}',
    quantityTooLarge: 'That is too many. Was a barcode scanned into this field? Enter the quantity.',
  },
  note: { title: 'Note on the sale', label: 'Note, printed on the receipt', short: 'Note' },
  customer: {
    title: 'Customer',
    label: 'Name or phone',
    short: 'Customer',
    typed: 'Only the name “{{name}}”',
    none: 'No customer',
    group: '{{group}} prices',
  },
  open: {
    title: 'Open item',
    short: 'Open item',
    offer: 'Sell as open item',
    barcode: 'Barcode {{barcode}}',
    name: 'What is it?',
    badName: 'Enter what it is.',
    price: 'Price',
    tax: 'Tax',
    noTax: 'No tax',
    add: 'Add to the cart',
  },
  promotion: {
    off: '{{name}}: −{{amount}}',
    needed: '{{name}}: counts towards it',
    sum: 'Promotions',
  },
  scale: {
    'check-digit':
      'The label {{barcode}} was not read right: its check digit is wrong. Nothing was added. Scan again, or type the weight.',
    'price-check-digit':
      'The label {{barcode}} was not read right: the check digit of its price is wrong. Nothing was added. Scan again, or type it.',
    'no-value': 'The label {{barcode}} says a weight or price of 0. Nothing was added. Weigh it again.',
    unknown:
      'No product has the scale number {{item}} (label {{barcode}}). Nothing was added. Search by name, or tell the manager.',
    doesNotFit: 'The label does not fit {{name}}: it is sold by the piece. Nothing was added. Add it by hand.',
  },
  favourites: {
    chip: 'Favourites',
    mark: 'Make it a favourite',
    unmark: 'No favourite any more',
    is: 'Favourite',
    none: 'No favourites yet',
    noneHelp: 'Press a product long, or its sign, and choose “Make it a favourite”. On the keyboard: * on a product.',
  },
  camera: {
    open: 'Scan with the camera',
    title: 'Scan with the camera',
    aim: 'Hold the barcode in front of the camera.',
    starting: 'The camera is starting …',
    found: 'Read: {{barcode}}',
    fault: {
      none: 'This device has no camera. Use a scanner, or type the barcode into the search.',
      denied:
        'The camera is not allowed. Allow it in the browser’s site settings, then open this again; or type the barcode.',
      busy: 'Another app uses the camera. Close it, then open this again; or type the barcode.',
      insecure:
        'The camera needs a secure address (https). Ask the manager for the shop’s https address; or type the barcode.',
      broken: 'The camera or the reader did not start. Open this again; or type the barcode.',
    },
  },
  sku: { label: 'SKU', hint: 'The shop’s own number, for searching.', bad: 'At most 32 characters.' },
  image: {
    choose: 'Choose a picture',
    remove: 'Remove the picture',
    saved: 'Picture kept.',
    fault: {
      unreadable: 'This file is no picture that the browser can read. Choose a JPEG, PNG or WebP.',
      offline: 'The server cannot be reached. Pictures need a connection: try again when it is back.',
      refused: 'The server did not take the picture. Choose another one.',
    },
  },
} as const;
