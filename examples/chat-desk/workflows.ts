/** The conversation: who has control gets what the customer says next. */
import { swarm } from '@batonhq/baton/workflow';
import { desk, front } from './team.js';

export const chatDesk = swarm({ name: 'chatDesk', team: desk, entry: front, idle: '7 days' });
