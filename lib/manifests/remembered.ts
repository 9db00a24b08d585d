/** A pure function of an object that keeps its answers, because many rules ask the same of the same objects. */
export function remembered<Key extends object, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  const answers = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let known = answers.get(key);
    if (known === undefined) {
      known = { value: answer(key) };
      answers.set(key, known);
    }
    return known.value;
  };
}

/** The same for what an object is among others. */
export function rememberedAmong<Key extends object, Others extends object, Value>(
  answer: (key: Key, others: Others) => Value,
): (key: Key, others: Others) => Value {
  const answersAmong = remembered((others: Others) => remembered((key: Key) => answer(key, others)));
  return (key, others) => answersAmong(others)(key);
}
