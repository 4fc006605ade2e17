import { attribute, button, choice, element, table, text } from './element.js';
import { truthName } from './truth.js';

/** The two slots, the trial, and the place to drop a weight file of a name that it `accepts`. */
export function slotsPart(root, state, actions, accepts) {
  const place = root.querySelector('.table');
  const confirm = button('Confirm', actions.confirm, { title: 'keep what is on trial' });
  const revert = button('Revert', actions.revert, { title: 'go back to the previous network' });
  const tryIt = button('Try slot 1', actions.tryIt, { title: 'put slot 1 on trial now' });
  const erase = button('Erase slot 1', actions.erase);
  root.querySelector('.buttons').replaceChildren(confirm, revert, tryIt, erase);

  const input = element('input', { type: 'file', id: 'file', accept: accepts, onchange: chosen });
  const [activation, activations] = choice('unless the file says: activation ', [
    'sigmoid', 'tanh', 'relu', 'linear',
  ]);
  const trial = element('input', { type: 'checkbox' });
  const progress = element('progress', { hidden: true, 'aria-label': 'upload' });
  const step = element('p', { class: 'step', role: 'status' });
  const cancel = button('Cancel', actions.cancel, { hidden: true });
  const drop = element(
    'div',
    { class: 'drop' },
    element('label', { for: 'file' }, 'Drop a weight file here to deploy it, or choose one: '),
    input,
    element('small', {}, accepts.replaceAll(',', ' ')),
    element('div', {}, activation, element('label', {}, trial, ' only on trial')),
    progress,
    step,
    cancel,
  );
  root.querySelector('.deploy').replaceChildren(drop);

  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'dragend']) {
    document.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', type === 'dragenter' || type === 'dragover');
    });
  }
  document.addEventListener('drop', (event) => take(event.dataTransfer?.files[0]));

  function chosen() {
    take(input.files[0]);
    input.value = '';
  }

  function take(file) {
    if (file && !state.deploying) {
      actions.deploy(file, activations.value, trial.checked);
    }
  }

  function draw() {
    const { status, line, deploying } = state;
    if (!status) {
      return;
    }
    const isOpen = Boolean(line?.open) && !deploying;
    const onTrial = isTrial(status);
    attribute(confirm, 'disabled', !isOpen || !onTrial);
    attribute(revert, 'disabled', !isOpen);
    attribute(tryIt, 'disabled', !isOpen || !isStaged(status));
    attribute(erase, 'disabled', !isOpen || !isStaged(status));
    root.classList.toggle('trial', onTrial);
    const columns = ['slot', 'version', 'hash', 'network', 'lesson', 'state'];
    place.replaceChildren(table('the two stored networks', columns, (status.slots ?? []).map(rowOf)));
  }

  function drawDeployment() {
    const { deploying } = state;
    attribute(progress, 'hidden', !deploying);
    attribute(cancel, 'hidden', !deploying);
    attribute(input, 'disabled', Boolean(deploying));
    text(step, deploying?.step ?? state.deployed ?? '');
    if (deploying?.total) {
      progress.max = deploying.total;
      progress.value = deploying.done;
    } else {
      progress.removeAttribute('value');
    }
  }

  state.watch('status line deploying', draw);
  state.watch('deploying deployed', drawDeployment);
}

function rowOf(slot) {
  const flags = slot.flags ?? [];
  const marks = [...flags, ...(slot.signed ? ['signed'] : [])].join(', ');
  return element(
    'tr',
    { class: flags.includes('active') ? 'here' : '' },
    element('th', { scope: 'row' }, String(slot.slot)),
    element('td', {}, slot.version ?? 'empty'),
    element('td', { title: slot.hash ?? '' }, element('code', {}, (slot.hash ?? '').slice(0, 8))),
    element('td', {}, slot.topology ?? ''),
    element('td', {}, slot.lesson ? truthName(slot.lesson) : ''),
    element('td', {}, slot.version ? (slot.trouble ?? marks) : ''),
  );
}

/** Whether the network that answers is on trial: active, and not confirmed. */
export function isTrial(status) {
  return (status.slots ?? []).some(
    ({ flags = [] }) => flags.includes('active') && !flags.includes('confirmed'),
  );
}

function isStaged(status) {
  return (status.slots ?? []).some(({ slot, version }) => slot === 1 && version);
}
