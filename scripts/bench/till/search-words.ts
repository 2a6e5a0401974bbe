/** Words that shoppers and cashiers say; each finds something in the demo catalogue. */
export const SEARCHES = [
  ...['milk', 'choco', 'green tea', 'kopi', 'organic', 'chocolat', 'jus', 'shampo', 'noodle', 'bio', 'sauce', 'yogurt'],
  ...['pasta', 'cheese', 'salt', 'rice', 'water', 'bread'],
];
/** The same with a slip of the finger. */
export const MISSPELT = [
  ...['choclate', 'biscuti', 'yoghrut', 'chese', 'noodel', 'orgnaic', 'brread', 'suace', 'shmapoo', 'cofee', 'buttre'],
  ...['tomatto', 'chikcen', 'vanila crem', 'strawbery', 'cookeis', 'almnod', 'spagheti', 'granloa', 'penut buter'],
];
