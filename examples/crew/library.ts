/** Passages on a few topics. */

export const LIBRARY: readonly string[] = [
  'Tea is, after water, the drink that people drink most.',
  'All kinds of tea, green, white, oolong and black, come from the leaves of one plant, Camellia sinensis.',
  'Black tea is oxidised before it is dried; green tea is heated soon after picking, which stops the oxidation.',
  'Tea came to Europe with Dutch ships at the beginning of the seventeenth century.',
  'Durable execution keeps the progress of a program in a history, so that another machine can go on after a crash.',
  'A workflow in durable execution is replayed from its history, and so its code must be deterministic.',
  'Timers in durable execution may run for months, and hold no thread while they do.',
  'Honey bees tell each other where flowers are by a dance, whose angle gives the direction to the sun.',
  'A hive of honey bees keeps its brood at about 35 degrees, whatever the weather outside.',
  'The bicycle with two wheels of the same size and a chain, the safety bicycle, was sold from 1885 on.',
];
