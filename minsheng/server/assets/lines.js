export default function ({ data: packed, parentElement }) {
    const data = JSON.parse(new TextDecoder().decode(packed));
    const root = document.createElement('div');
    root.className = 'lines';
    root.dataset.lines = '';
    for (const item of data.lines) {
        const line = document.createElement('div');
        line.className = `line ${item.kind}`;
        for (const part of ['sign', 'number', 'text']) {
            const made = document.createElement('span');
            made.className = part;
            made.textContent = item[part];
            line.append(made);
        }
        root.append(line);
    }
    const before = parentElement.querySelector('[data-lines]');
    if (before) before.replaceWith(root); else parentElement.append(root);
}
