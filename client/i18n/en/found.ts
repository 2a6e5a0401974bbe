/** Words of looking for a receipt by its number or code. */
export const found = {
  notFound:
    'No receipt {{receipt}} is known here. Check the number. Those of other tills come while this device is online, and stay 30 days unless set otherwise; a manager’s device has older ones.',
  unreadable: 'This is no whole receipt code. Scan it again, or type the receipt’s number.',
  'not-here': 'This receipt is not known here. It may be older, or of a till not heard from yet. Ask the manager.',
  forged:
    'The code on this receipt does not fit any sale here. It may be forged: refund nothing, and call the manager.',
} as const;
