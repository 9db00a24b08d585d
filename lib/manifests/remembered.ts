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
