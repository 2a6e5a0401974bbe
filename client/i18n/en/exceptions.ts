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
  product: 'Products',
  note: 'Note',
  noteHint: 'What you found, for the other managers. May stay empty.',
  save: 'Mark as seen',
  undo: 'Undo',
  openAgain: 'Open again',
  done_one: '{{count}} settled.',
  done_other: '{{count}} settled.',
  by: 'Seen by {{person}}, {{date}}',
  todo: {
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
    'over-refunded': 'More came back of a receipt than it sold. Talk to both tills, and look at the goods.',
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
    quarantined:
      'The server cannot read it and counts nothing of it. Update the server; then it is read again by itself.',
    other: 'A newer server flagged it. Update the app.',
  },
};
