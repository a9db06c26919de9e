/** The conversation: the owner gets the customer's next message. */
import { swarm } from '@batonhq/baton/workflow';
import { desk, front } from './team.js';

export const chatDesk = swarm({ name: 'chatDesk', team: desk, entry: front, idle: '7 days' });
