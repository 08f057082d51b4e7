/** Two to five communities side by side. */
export const ComparePage = () => <h1 className="display">How do they compare?</h1>
