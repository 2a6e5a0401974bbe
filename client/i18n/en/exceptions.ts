/** Words of the page of what was accepted but flagged. */
export const exceptions = {
  title: 'Worth a look',
  lead: 'All of this counts. It was flagged because something about it is unusual.',
  reading: 'Reading what this device holds …',
  none: 'Nothing waits for you',
  noneHelp: 'What the server accepts but finds unusual appears here, with what to do about it.',
  show: 'Show',
  open: 'Waiting',
  settled: 'Settled',
  more: 'The newest {{shown}} of {{total}} are here.',
  look: 'Look',
  seen: 'Seen',
  allSeen: 'All seen',
  refund: 'Refund',
  gapOf: 'Numbers of {{till}}',
  note: 'Note',
  noteHint: 'What you found, for the other managers. May stay empty.',
  save: 'Mark as seen',
  undo: 'Undo',
  openAgain: 'Open again',
  done_one: '{{count}} settled.',
  done_other: '{{count}} settled.',
  by: 'Seen by {{person}}, {{date}}',
  evidence: {
    price: '{{name}}: sold at {{sold}}, now {{now}}.',
    unknown: '{{name}}, barcode {{barcode}}',
    clock: 'The till’s clock said {{said}}; it arrived {{arrived}}.',
    cart: 'The same cart was also paid as {{receipt}}.',
    refunded: '{{receipt}} gave {{amount}} back of {{of}}.',
    missing_one: 'Number {{from}} of its journal is missing.',
    missing_other: 'Numbers {{from}} to {{to}} of its journal are missing: {{formatted}} entries.',
    between: 'Between the receipts {{after}} and {{before}}.',
    before: 'Before the receipt {{before}}.',
  },
  unread: {
    unasked: 'Why is known to the server, and it was not reached. Look again when you are online.',
    form: 'The server does not know what stands at “{{detail}}”: a newer app wrote it. Update the server; then it is read again by itself.',
    gate: 'It holds what no entry may hold ({{detail}}). Update the app on that till, and put the stock right by the paper receipt.',
    large:
      'It was too large to travel ({{detail}}). Save a rescue file at that till and keep it, and put the stock right by the paper receipt.',
    altered:
      'It is not what was written: it was damaged or changed on that till. Save a rescue file there, look at its disk, and put the stock right by the paper receipt.',
    chain:
      'It does not follow the entry before it: that till was set back to an older state. Enrol it anew, and put the stock right by the paper receipt.',
    branch: 'It says that it belongs to another branch. Look at that till, and enrol it anew where it belongs.',
    sum: 'With it the stock would be too large to count. Look what was typed on the paper receipt, and correct the stock.',
  },
  elsewhere: {
    title: 'Settled on pages of their own',
    below_one: '{{formatted}} product sold below nothing',
    below_other: '{{formatted}} products sold below nothing',
    limits: 'Count or receive',
    conflicts_one: '{{formatted}} change met somebody else’s',
    conflicts_other: '{{formatted}} changes met somebody else’s',
    decide: 'Decide',
  },
  todo: {
    gap: 'The till wrote entries that have not come; those behind them wait and are not counted in the stock. They come by themselves when the till connects, or from a rescue file of it. If it is lost, end it under Devices: then the rest counts.',
    'unknown-product':
      'Something was sold that is not among the products. Add it, or give its barcode to the right product.',
    'odd-clock':
      'The till’s clock was far from the server’s. Set its date and time; the sale stands on the day it says.',
    'line-total': 'A line is not price times quantity less discounts. Compare it with the receipt.',
    'sale-total': 'The total is not the sum of its lines. Compare it with the receipt.',
    payments: 'What was paid is not the total. Ask the cashier.',
    'cart-sold-twice':
      'Two tills took the money for one cart. Both sales count; give one back if the customer paid twice.',
    overflow: 'The figures are too large to be added up. Ask the cashier what was typed.',
    rounding: 'Cash was not rounded as the shop does now. It is usual after the rule was changed.',
    'card-number': 'A text holds what may be a card number. Ask the cashier never to type one.',
    'credit-without-customer': 'Store credit on nobody’s account: nobody will pay it back. Find out whose it is.',
    'unknown-payment': 'A payment was confirmed or corrected that the server does not know. Compare it with the bank.',
    'confirmed-twice': 'The payment had been confirmed before. Look whether the money came once or twice.',
    'corrected-twice':
      'Two devices corrected how it was paid, without knowing of each other. Ask both, and correct it once more from what it is now.',
    promotion: 'It took off something else than the promotion says. It is usual after the promotion was changed.',
    'old-price':
      'A till sold at a price from before the last change, as one does that was offline. What the customer paid counts.',
    'wrong-price':
      'The till knew the product as it is now, and sold it at another price without saying that somebody set it. Look at that till.',
    'z-figures': 'A Z report says something else than its sales. Compare both, and count the drawer.',
    'z-number': 'A Z report’s number does not follow the one before. The till may have been set back.',
    'over-refunded':
      'More money went back of a receipt than it took. Talk to both tills. What came back once stands in the stock twice: correct it. Money that is brought back goes into the drawer as cash put in.',
    'no-approval': 'Somebody did this alone who may not. Ask them, or allow it to cashiers in the settings.',
    'transfer-branch':
      'Goods were sent to their own branch, or to one that does not exist. They have left the stock: adjust it, or send them again.',
    'transfer-again':
      'Somebody entered what arrived of one transfer a second time. Ask both, and count; correct what was entered twice.',
    'transfer-more':
      'More arrived than was sent. Ask the other branch what it packed, and settle the difference under Movements.',
    'transfer-unknown':
      'Something arrived that no branch has sent, as far as the server knows. It settles by itself once the other branch’s device is online again.',
    'beyond-share': 'A till sold more of a limited product than its share. Look whether all who paid can be served.',
    'share-not-given': 'A device counts with a share that was never given to it. Look at that device.',
    unsigned: 'An old version of the app wrote it and signs nothing. Update the app on that till.',
    returned: 'It had been lost by a restore and came back by itself. Nothing to do.',
    late: 'It came after its till had been given up. It counts.',
    forked: 'A copy of a device wrote it. It counts once; find the copy and enrol it anew.',
    revoked: 'A revoked device handed it in. Look whether it is real.',
    quarantined: 'The server cannot read it, keeps it as it came, and counts nothing of it. Beside each stands why.',
    other: 'A newer server flagged it. Update the app.',
  },
};
