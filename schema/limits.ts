/**
 * Everything has a bound. Sizes are bytes of UTF-8 unless the name says otherwise; times are milliseconds.
 * Server and till use the same constants, so that nothing is sold that the server could not read.
 */

/** A request's body on the wire. */
export const BODY_BYTES_MAX = 1024 * 1024;
/** The same body after gzip or brotli is undone: four times, so that a small bomb stays small. */
export const BODY_INFLATED_BYTES_MAX = 4 * BODY_BYTES_MAX;
/** Rows of one push. */
export const PUSH_ROWS_MAX = 200;
/** One pushed row that is not a sale or refund. */
export const ROW_BYTES_MAX = 64 * 1024;
/** A sale or refund: 1,000 lines fit. */
export const SALE_BYTES_MAX = 256 * 1024;
/** JSON values in one row. */
export const ROW_NODES_MAX = 5_000;
/** JSON values in a sale or refund. */
export const SALE_NODES_MAX = 20_000;
/** Arrays and objects inside each other. */
export const ROW_DEPTH_MAX = 12;
/** One string. */
export const STRING_BYTES_MAX = 8 * 1024;
/**
 * Smallest units in one line: a thousand tonnes by the gram. A barcode scanned into the quantity field is more than this,
 * and the counters it would have moved stay safe integers.
 */
export const QUANTITY_MAX = 1_000_000_000;
/** Characters of the sentence in which a verdict says why. */
export const REASON_MAX = 200;
/** Characters of the path that a gate fault names. */
export const FAULT_PLACE_MAX = 120;
/** Certificates that one push carries: one per device whose entries are handed in. */
export const CERTIFICATES_MAX = 50;
/** Characters of a device's certificate. */
export const CERTIFICATE_LENGTH_MAX = 4_000;
/** Documents of one pull page. */
export const PULL_LIMIT_MAX = 5_000;
/** Documents of one pull page where the caller names no number. */
export const PULL_LIMIT_DEFAULT = 500;
/** Days of the other devices' entries that a till keeps, and is given at first, where neither it nor a setting says otherwise. */
export const TILL_WINDOW_DAYS = 30;
/** The same of a device of the office: a year and the month before, so that any month stands beside that of last year (decision 072). */
export const OFFICE_WINDOW_DAYS = 400;
/** The most days that a device may ask for; ten years, which no demo and few shops outlive. */
export const WINDOW_DAYS_MAX = 3_650;
/** Documents that may have changed behind a checkpoint while two sides compare; with more, the device pulls first. */
export const DIGEST_CHANGED_MAX = 500;
/** Rows of one bucket that a digest answers: 64 buckets of so many are 320,000 documents. */
export const DIGEST_ROWS_MAX = 5_000;
/** Characters of an enrolment code (base32, so 40 bits). */
export const ENROL_CODE_LENGTH = 8;
/** An enrolment code is good for ten minutes. */
export const ENROL_CODE_LIFE_MS = 10 * 60 * 1000;
/** Wrong tries before a code is worthless. */
export const ENROL_TRIES_MAX = 5;
/** A device clock further from the server's than this is flagged; it never decides anything. */
export const CLOCK_ODD_MS = 10 * 60 * 1000;
/** Lines of one `receive`, `adjust`, `waste`, transfer or count entry: 200 stay well under {@link ROW_BYTES_MAX}. */
export const MOVE_LINES_MAX = 400;
/** Silence on the live socket after which either end calls it dead. */
export const LIVE_SILENCE_MS_MAX = 45_000;
/** Either end of the live socket says something at least this often. */
export const LIVE_HEARTBEAT_MS = 15_000;
/** Bytes of one message that a device says on the live socket: more goes as a request. */
export const LIVE_MESSAGE_BYTES_MAX = 8 * 1024;
/** Payments that a Z report lists as not confirmed yet. */
export const Z_UNCONFIRMED_MAX = 200;
/** Entries that the server computes a Z report again from: a day of three sales a minute. With more it looks at none. */
export const Z_CHECKED_ENTRIES_MAX = 4_000;
/** Refunds of one receipt that are compared with what it sold, anew whenever one comes. With more, each further one is flagged whole. */
export const REFUNDS_OF_ONE_MAX = 100;
/** Corrections of what one entry was paid by that are compared with each other. */
export const CORRECTIONS_OF_ONE_MAX = 200;
/** All bytes of one draft, decoded: a cart of 20 lines after 50 changes has 10 KiB, and 2 KiB once it is written whole. */
export const DRAFT_BYTES_MAX = 256 * 1024;
/** Chunks of one draft. Devices write it whole long before. */
export const DRAFT_CHANGES_MAX = 2_000;
/** Changes of one draft that nobody has merged yet: every device of a branch may have one. */
export const DRAFT_HEADS_MAX = 64;
/** Sales of one cart beyond the first that its draft names. */
export const DRAFT_PAID_AGAIN_MAX = 20;
/** A draft that ended stays on devices for so long, so that all hear of it and can undo it. */
export const DRAFT_ENDED_KEPT_MS = 24 * 60 * 60 * 1000;
/** The server serves an ended draft for so long, so that a device that was away hears of the end. */
export const DRAFT_ENDED_SERVED_MS = 35 * 24 * 60 * 60 * 1000;
/** Limited products of one branch: tickets, vouchers, pre-orders are few, and each is looked up per device. */
export const SHARE_PRODUCTS_MAX = 100;
/** Allotments of one branch that their tills have not taken over. */
export const SHARE_OPEN_MAX = 1_000;
