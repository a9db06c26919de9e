/** The page's script: additions to pages that work without it. */
import { checkDigest, compareWhileTyping, copyArguments, clearStaleMessages, sendOnce } from './forms.js';
import { listenToKeys } from './keys.js';
import { follow } from './live.js';
import { keepTimes } from './times.js';

keepTimes();
listenToKeys();
sendOnce();
compareWhileTyping();
clearStaleMessages();
copyArguments();
void checkDigest();
follow();
document.querySelector<HTMLElement>('[data-focus]')?.focus();
